() => {
  const one = document.activeElement;
  one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const label = one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label, .ds-field') : null;
  const box = one.getBoundingClientRect();
  const around = (label ?? one).getBoundingClientRect();
  const x = Math.max(0, around.x - 8), y = Math.max(0, around.y - 8);
  return {
    edge: 2 * (box.width + box.height),
    clip: { x, y, width: Math.min(innerWidth - x, around.width + 16),
            height: Math.min(innerHeight - y, around.height + 16) },
  };
}
