/** Replaces packages that the page never uses: every property is a function that does nothing. */
const nothing = new Proxy(() => undefined, {
  get: (_, name) => (name === "prototype" || typeof name === "symbol" ? undefined : nothing),
  construct: () => nothing,
});

module.exports = nothing;
