// What stands in the form. It lives in the browser, so that nothing typed is lost; Python gets
// all of it with each question, and gives the first of it when the page comes from a link.

/** The state of a form that Python has filled in, or an empty one. */
export function stateOf(view) {
  const practice = view.mode === "practice";
  return { form: structuredClone(view.form), practice, copies: false, open: {}, undo: null };
}

export function emptyRow() {
  return { drug: "", route: "", dose: "", use: "fixed", given: "", change: "" };
}

/** Do something that loses what was typed, so that it can be undone. */
export function losing(state, text, change) {
  state.undo = { text, form: structuredClone(state.form) };
  change();
}

export function clearForm(state) {
  state.form = {
    rows: [emptyRow()],
    set: "",
    to: "",
    reduce: { kind: "none", number: "", rule: "" },
    rescue: { rule: "", of: "" },
    gfr: "",
    flags: [],
  };
}

export function undo(state) {
  state.form = state.undo.form;
  state.undo = null;
}
