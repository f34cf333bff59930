/** Join class names. False and undefined are left out. */
export const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ');
