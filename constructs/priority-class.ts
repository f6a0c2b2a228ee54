import { PriorityClassV1 } from "@cdktf/provider-kubernetes/lib/priority-class-v1";
import { Construct } from "constructs";

export interface PriorityClassProps {
  readonly name: string;
  /** A node evicts the pods with the lower value first. At most a billion. */
  readonly value: number;
  readonly description: string;
}

/** A PriorityClass that decides which pods a node evicts first. Its pods never end pods of others to get their place. */
export class PriorityClass extends Construct {
  constructor(scope: Construct, id: string, { name, value, description }: PriorityClassProps) {
    super(scope, id);
    new PriorityClassV1(this, "PriorityClass", {
      metadata: { name },
      value,
      description,
      preemptionPolicy: "Never",
    }).overrideLogicalId(`priority-class-${name}`);
  }
}
