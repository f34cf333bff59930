/** The texts of the frame around the views. */
export const CONNECTION_STATES = { live: 'Live', slow: 'Slow', down: 'Reconnecting', offline: 'Offline' };
