/** The event that an `<hw-play>` dispatches after the visitor has restored its original code. */
export const RESET_EVENT = "hw-reset";
