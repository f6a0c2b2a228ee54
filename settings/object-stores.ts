import { text } from "./fields";

/** Names in object stores, by the rules of their providers. */

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const s3Bucket = text(
  /^(?!.*\.\.)(?!\d+(\.\d+){3}$)(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][-a-z0-9.]{1,61}[a-z0-9]$/,
  "must be the name of a bucket in S3: 3 to 63 lower-case letters, digits, dots and dashes",
  "write the name of the bucket, without a URL, such as `shop-logs`",
);

/** https://cloud.google.com/storage/docs/buckets#naming */
export const gcsBucket = text(
  /^(?!.{223})(?!\d+(\.\d+){3}$)(?!goog)(?!.*g[o0]{2}gle)(?=[a-z0-9])[-_a-z0-9]{1,63}(\.[-_a-z0-9]{1,63})*(?<=.{3})(?<=[a-z0-9])$/,
  "must be the name of a bucket in Google Cloud Storage: 3 to 63 lower-case letters, digits, dashes and underscores",
  "write the name of the bucket, without `gs://`, such as `shop-logs`",
);

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage */
export const azureAccount = text(
  /^[a-z0-9]{3,24}$/,
  "must be the name of a storage account: 3 to 24 lower-case letters and digits",
  "write the name of the account, without a URL, such as `shoplogs`",
);

/** https://learn.microsoft.com/en-us/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
export const azureContainer = text(
  /^(?!.*--)[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/,
  "must be the name of a container: 3 to 63 lower-case letters, digits and single dashes",
  "write the name of the container, such as `loki`",
);

/** Path of objects in a bucket, to which a name is appended. */
export const objectPath = text(
  /^(?!\/)(?!.*\/$)[^\\]+$/,
  "must neither begin nor end with a slash: Terraform refuses the first, and the second makes an empty folder",
  "write it such as `erp/production`",
);

/** Region of a store: Amazon's, or one of another store. */
export const region = text(
  /^[A-Za-z0-9][-\w.]*$/,
  "must be the name of a region: letters, digits, dashes, underscores and dots",
  "write it such as `eu-central-1`",
);

/**
 * Regions of Amazon that Terraform knows. Other stores have regions of their own.
 * https://github.com/hashicorp/aws-sdk-go-base/tree/main/endpoints
 */
const awsRegions: ReadonlySet<string> = new Set([
  ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1"],
  ...["ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5"],
  ...["ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2"],
  ...["eu-isoe-west-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["eusc-de-east-1", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1"],
  ...["us-east-2", "us-gov-east-1", "us-gov-west-1", "us-iso-east-1", "us-iso-west-1", "us-isob-east-1"],
  ...["us-isof-east-1", "us-isof-south-1", "us-west-1", "us-west-2"],
]);

export function isAwsRegion(region: string): boolean {
  return awsRegions.has(region);
}
