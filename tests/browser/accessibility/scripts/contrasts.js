// Each thing that must be seen: what it is, its name, how it differs from what it lies on (as
// WCAG reckons it), and by how much it should.
(adornment) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    brush.clearRect(0, 0, 1, 1); brush.fillStyle = '#000'; brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const style = (one) => getComputedStyle(one);
  const under = (one) => {               // the colour one lies on
    const layers = [];
    for (let each = one; each; each = each.parentElement) {
      const colour = rgba(style(each).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const paint = (one, value) => {
    const faint = [1, parseFloat(style(one).opacity)].reduce((a, b) => a * b);
    const [r, g, b, a] = rgba(value);
    return [r, g, b, a * faint];
  };
  const seen = (one) => one.checkVisibility({ checkVisibilityCSS: true }) &&
    !one.closest('.ds-sr-only, .pk-print-only, [aria-disabled=true], [disabled]');
  const called = (one) => `${one.localName}.${(one.getAttribute('class') ?? one.type ?? '').trim().replace(/\s+/g, '.')}`;
  const found = [];
  const tell = (what, one, contrast, wanted) => found.push([what, called(one), Math.round(contrast * 100) / 100, wanted]);

  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    const visible = seen(field) && field.offsetWidth > 4 && parseFloat(style(field).opacity) > 0.01;
    if (!visible) continue;
    const out = under(field.parentElement);
    const { borderTopColor, borderTopWidth, backgroundColor, color, boxShadow } = style(field);
    const inset = boxShadow.includes('inset') ? boxShadow.match(/^(\w+\([^)]*\)|#\w+)/)?.[0] : null;
    const edges = [backgroundColor, parseFloat(borderTopWidth) ? borderTopColor : null, inset].filter(Boolean);
    tell('edge', field, Math.max(...edges.map((each) => ratio(over(rgba(each), out), out))), 3);
    if (!/^(radio|checkbox)$/.test(field.type)) tell('text', field, ratio(over(rgba(color), under(field)), under(field)), 4.5);
  }
  for (const shape of document.querySelectorAll('svg :is(line, polyline, path, circle, rect, polygon, ellipse)')) {
    if (!seen(shape) || shape.matches(adornment) || shape.closest('defs, clipPath, pattern, mask')) continue;
    const { stroke, fill, strokeWidth } = style(shape);
    const ground = under(shape.closest('svg'));
    const colours = [
      stroke !== 'none' && parseFloat(strokeWidth) ? stroke : null,
      fill !== 'none' && !['line', 'polyline'].includes(shape.localName) ? fill : null,
    ].filter((each) => each && !each.startsWith('url'));
    if (colours.length) tell('shape', shape, Math.max(...colours.map((each) => ratio(over(paint(shape, each), ground), ground))), 3);
  }
  for (const text of document.querySelectorAll('svg text')) {
    const ground = under(text.closest('svg'));
    if (seen(text)) tell('text', text, ratio(over(paint(text, style(text).fill), ground), ground), 4.5);
  }
  // Bars and marks that are drawn with boxes: the colour of the box on what it lies on.
  const drawn = '.pk-bar > span, .pk-range-line > *, .pk-chart-mark, .pk-chart-spread, .pk-across-mark, .pk-across-spread';
  for (const box of document.querySelectorAll(drawn)) {
    const ground = under(box.parentElement);
    const { backgroundColor, borderLeftColor, borderLeftWidth, outlineColor, outlineStyle } = style(box);
    const colours = [backgroundColor, parseFloat(borderLeftWidth) ? borderLeftColor : null,
                     outlineStyle === 'none' ? null : outlineColor].filter(Boolean);
    if (seen(box) && box.offsetWidth > 0 && !box.matches(adornment)) tell('mark', box, Math.max(...colours.map((each) => ratio(over(paint(box, each), ground), ground))), 3);
  }
  for (const words of document.querySelectorAll('.pk-box, .pk-arrow, .pk-verdict-sign, .pk-mover > span, .pk-change > span')) {
    if (seen(words)) tell('text', words, ratio(over(paint(words, style(words).color), under(words)), under(words)), 3);
  }
  return found;
}
