/** Selector of the streams of the ERP's own programs only. */
export const erpStreams = '{app=~"erp-.+"}';

/** Filter for lines that report an error. It uses metadata and does not parse the line. */
export const failing = 'level=~"ERROR|CRITICAL"';
