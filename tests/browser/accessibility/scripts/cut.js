// What scrolls by itself may be wider: tables and code, which 1.4.10 excepts.
() => {
  const scrolls = (one) => one && (/(auto|scroll)/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} px wide`);
  for (const one of document.querySelectorAll('main *, header *, footer *')) {
    if (!one.checkVisibility({ checkVisibilityCSS: true }) || one.closest('svg, .ds-sr-only, select')) continue;
    const box = one.getBoundingClientRect();
    if (box.width === 0 || getComputedStyle(one).position === 'absolute' && box.width <= 1) continue;
    if (box.right > innerWidth + 1 && !scrolls(one.parentElement)) faults.push(`sticks out: ${one.outerHTML.slice(0, 90)}`);
    const { overflowX, overflowY, textOverflow } = getComputedStyle(one);
    const hides = [overflowX, overflowY].some((each) => each === 'hidden' || each === 'clip');
    if (hides && one.innerText?.trim() && (one.scrollHeight > one.clientHeight + 2 || textOverflow === 'ellipsis' && one.scrollWidth > one.clientWidth))
      faults.push(`cut off: ${one.outerHTML.slice(0, 90)}`);
  }
  return faults.slice(0, 5);
}
