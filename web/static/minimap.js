// The map beside a long text: ticks where the matches really are, and the part that is on the screen.
// The server has put them where they probably are; without this they stay there.

const map = document.querySelector(".minimap");
const text = document.querySelector(".text");

if (map && text) {
  const height = map.viewBox.baseVal.height;
  const view = map.querySelector(".view");
  const ticks = [...map.querySelectorAll("a")].map((link) => [
    link.firstElementChild,
    document.querySelector(link.getAttribute("href")),
  ]);

  const scaled = (pixels) => (pixels / text.offsetHeight) * height;

  function place() {
    const top = text.getBoundingClientRect().top;
    map.toggleAttribute("hidden", text.offsetHeight < innerHeight);
    const places = ticks.map(([, mark]) => scaled(mark.getBoundingClientRect().top - top));
    ticks.forEach(([tick], index) => tick.setAttribute("y", places[index]));
    scrolled();
  }

  function scrolled() {
    const top = Math.max(0, scaled(-text.getBoundingClientRect().top));
    const end = Math.min(height, scaled(innerHeight - text.getBoundingClientRect().top));
    view.setAttribute("y", top);
    view.setAttribute("height", Math.max(0, end - top));
  }

  new ResizeObserver(place).observe(text);
  addEventListener("scroll", scrolled, { passive: true });
}
