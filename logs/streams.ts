/** Streams of the ERP's own programs, and of nothing beside them. */
export const erpStreams = '{app=~"erp-.+"}';

/** Lines that say that something went wrong; without reading them. */
export const failing = 'level=~"ERROR|CRITICAL"';
