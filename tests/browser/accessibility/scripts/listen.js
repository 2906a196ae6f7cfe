// Every text that a live region has come to hold, with the region's manner, in order.
() => {
  window.pkSaid = [];
  const regions = '[role=status], [role=alert], [role=log], [aria-live]';
  const held = new Map();
  const look = () => {
    for (const one of document.querySelectorAll(regions)) {
      const text = one.checkVisibility() ? one.textContent : '';
      if (held.get(one) === text) continue;
      const first = !held.has(one) && !window.pkListening;
      held.set(one, text);
      const manner = one.getAttribute('aria-live') ?? (one.role === 'alert' ? 'assertive' : 'polite');
      if (!first && text.trim()) window.pkSaid.push([manner, text.trim()]);
    }
  };
  look();
  window.pkListening = true;
  new MutationObserver(look).observe(document.body,
    { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden'] });
}
