"""How the city looks and speaks: tokens, components, page frames, charts, and the page that shows them all."""
