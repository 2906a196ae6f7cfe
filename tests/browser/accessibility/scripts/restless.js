// While a tool is being fetched its line breathes; that ends when the tool is there.
() => document.getAnimations({ subtree: true })
  .filter((each) => each.effect.getTiming().iterations === Infinity || each.effect.getComputedTiming().endTime > 5000)
  .filter((each) => !each.effect.target.closest('.site-waiting, .site-slot__waiting'))
  .map((each) => each.animationName ?? each.transitionProperty)
