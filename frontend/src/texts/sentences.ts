/** Sentences that are part of several texts. A title has no full stop, so those that are titles too have none here. */
export const NOT_CHARGED = 'You have not been charged.';
export const UNIT_ON_SALE = 'The unit is on sale again.';
export const YOUR_HOLD_EXPIRED = 'Your hold has expired.';
export const THE_HOLD_EXPIRED = 'The hold has expired';
export const SALE_PAUSED = 'The sale is paused';
export const STILL_PAY = 'You can still pay for your holds.';
export const SALE_ENDED = 'The sale has ended';
export const NOT_OPEN = 'The sale is not open';
export const NOT_ANSWERED = 'The shop did not answer';
export const SHOP_DOWN = 'The shop does not answer.';
export const TOO_MANY = 'Too many requests at once';
export const KEEPS_TRYING = 'The page keeps trying.';
export const PLEASE_WAIT = 'Please wait';
export const PLEASE_RETRY = 'Please try again.';
export const RETRY_LATER = 'Please try again later.';
/** Followed by a time and a full stop. */
export const RESERVE_AGAIN_IN = 'You can reserve it again in';
