() => {
  window.pkName = (one) => {
    const label = one.getAttribute('aria-label') ?? one.labels?.[0]?.innerText ?? one.innerText ?? '';
    const place = [...document.querySelectorAll('*')].indexOf(one);
    return `${place} ${one.localName} ${label.trim().replace(/\s+/g, ' ').slice(0, 60)}`;
  };
}
