/** Labels of a second pod of the API, for scenarios in which two pods differ. */
export const otherApiPod = { pod: "erp-api-1", instance: "10.0.0.2:8000" };
