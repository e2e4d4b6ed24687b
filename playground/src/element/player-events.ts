/** The event that an `<hw-play>` dispatches after the visitor has restored its original code. */
export const RESET_EVENT = "hw-reset";
/** The event that an `<hw-play>` dispatches after its files or the entered values have changed. */
export const EDIT_EVENT = "hw-edit";
