"""The licenses of everything on the site that comes from others, for the page `docs/third-party.md`.

collectors (`packages`, `python_files`, `theme`, `data_files`)  what is shipped, as its own metadata describes it
`supplements.toml`                                            what the metadata does not say
`policy.toml`                                                 the licenses that the site accepts
`page`                                                        a table and the texts
"""
