/** Stands for packages that the page never uses. Whatever is asked of it does nothing. */
const nothing = new Proxy(() => undefined, {
  get: (_, name) => (name === "prototype" || typeof name === "symbol" ? undefined : nothing),
  construct: () => nothing,
});

module.exports = nothing;
