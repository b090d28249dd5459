// A map of one place, when a reader asks for it. Before that nothing is fetched, and no other host is asked.
const loaded = new Map();

const once = (address, make) => {
  if (!loaded.has(address)) {
    loaded.set(address, new Promise((resolve, reject) => {
      const element = make();
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => { loaded.delete(address); element.remove(); reject(new Error(address)); });
      document.head.append(element);
    }));
  }
  return loaded.get(address);
};

const script = (address) => once(address, () => Object.assign(document.createElement("script"), { src: address }));
const sheet = (address) => once(address, () => Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }));

const draw = (frame, said) => {
  const { maplibregl } = window;
  maplibregl.setWorkerUrl(said.worker);
  const place = [Number(said.longitude), Number(said.latitude)];
  const tiles = said.tiles.startsWith("/") ? location.origin + said.tiles : said.tiles;
  const map = new maplibregl.Map({
    container: frame,
    style: {
      version: 8,
      sources: { tiles: { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 18 } },
      layers: [{ id: "tiles", type: "raster", source: "tiles" }],
    },
    center: place,
    zoom: 16,
    maxZoom: 19,
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
    locale: JSON.parse(said.words),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  new maplibregl.Marker({ color: getComputedStyle(frame).getPropertyValue("--city-key").trim() || "#0031d8" })
    .setLngLat(place).addTo(map);
  return map;
};

const show = async (part, button) => {
  const frame = part.querySelector("[data-map-frame]");
  const failed = part.querySelector("[data-map-failed]");
  button.disabled = true;
  failed.textContent = "";
  try {
    await Promise.all([script(part.dataset.script), sheet(part.dataset.sheet)]);
    frame.hidden = part.querySelector("[data-map-credit]").hidden = false;
    const map = draw(frame, part.dataset);
    part.querySelector("[data-map-ask]").hidden = true;
    map.getCanvas().focus({ preventScroll: true });
  } catch {
    frame.hidden = part.querySelector("[data-map-credit]").hidden = true;
    button.disabled = false;
    failed.textContent = failed.dataset.words;
  }
};

for (const part of document.querySelectorAll("[data-map]")) {
  const button = part.querySelector("[data-map-show]");
  part.querySelector("[data-map-ask]").hidden = false;
  button.addEventListener("click", () => show(part, button));
}
