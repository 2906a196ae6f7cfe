() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest('.ds-sr-only, .ds-skip-link, p, dd, li > cite'))
  .filter((one) => !(one.matches('a') && getComputedStyle(one).display === 'inline'))
  .map((one) => {
    const boxes = [one, one.closest('label'), ...(one.labels ?? [])].filter(Boolean).map((each) => each.getBoundingClientRect());
    return [one.outerHTML.slice(0, 100), Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
  })
  .filter(([, width, height]) => width > 0 && (width < 24 || height < 24))
