// What can take the focus with Tab, each as a line that names it; of radio buttons with one name
// only the one that is ticked, else (in both directions) one of them.
() => {
  const shown = (one) => one.checkVisibility({ checkVisibilityCSS: true }) &&
    !(one.closest('details:not([open])') && !one.matches('details:not([open]) > summary:first-of-type'));
  const all = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]')];
  const stops = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && shown(one))
    .filter((one) => one.type !== 'radio' || radioStop(one));
  function radioStop(one) {
    const group = all.filter((other) => other.type === 'radio' && other.name === one.name && other.form === one.form);
    return one.checked || (!group.some((other) => other.checked) && one === group[0]);
  }
  return stops.map(pkName);
}
