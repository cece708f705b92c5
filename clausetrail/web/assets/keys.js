// j and k go to the next and the previous change of a comparison.  The links on the page do the same without this.
(() => {
  "use strict";
  const changes = Array.from(document.querySelectorAll("article.change[id^='change-']"));
  if (!changes.length) return;
  let at = -1;
  const go = (step) => {
    const here = changes.findIndex((one) => `#${one.id}` === location.hash);
    at = Math.min(Math.max((here >= 0 ? here : at) + step, 0), changes.length - 1);
    location.hash = changes[at].id;
    changes[at].focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(1);
    if (event.key === "k") go(-1);
  });
})();
