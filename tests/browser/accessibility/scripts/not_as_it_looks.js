// The words that stand on a control must be in its name, so that it can be asked for by them.
() => [...document.querySelectorAll('a[href], button, summary, [role=tab]')]
  .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && one.hasAttribute('aria-label'))
  .map((one) => [one.getAttribute('aria-label'), one.innerText.trim()])
  .filter(([name, text]) => /\p{L}/u.test(text) && !name.toLowerCase().includes(text.toLowerCase()))
