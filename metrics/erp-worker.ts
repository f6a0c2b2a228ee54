import { jobs } from "./jobs";
import { pythonProcess } from "./python-process";

/** What a Celery worker says of itself. */
export const erpWorker = { ...pythonProcess(jobs.erpWorker) };
