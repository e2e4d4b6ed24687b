"""The licenses of all third-party components on the site, for the `docs/third-party.md` page.

collectors (`packages`, `python_files`, `theme`, `data_files`)  what is shipped, as its own metadata describes it
`supplements.toml`                                            what the metadata does not say
`policy.toml`                                                 the licenses that the site accepts
`page`                                                        a table and the texts
"""
