/**
 * Keeps the composer above the phone's keyboard. Chrome shrinks the page itself (`interactive-widget`); Safari only
 * tells through `visualViewport`, and not always in time, so it is asked again a little later.
 */

const ASK_AGAIN_MILLIS = 300;

export function followKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;

  function measure(): void {
    const hidden = viewport ? window.innerHeight - viewport.height - viewport.offsetTop : 0;
    // Less than this is a toolbar that comes and goes, or a pinch.
    const isKeyboard = hidden > 120 && viewport?.scale === 1;
    document.documentElement.style.setProperty('--keyboard', isKeyboard ? `${hidden}px` : '0px');
  }

  function measureSoon(): void {
    requestAnimationFrame(measure);
    setTimeout(measure, ASK_AGAIN_MILLIS);
  }

  viewport.addEventListener('resize', measureSoon);
  document.addEventListener('focusin', measureSoon);
  document.addEventListener('focusout', measureSoon);
  window.addEventListener('pageshow', measureSoon);
}
