"""The documents of the corpus that run in `make test`: small ones that together have most features."""

SAMPLE = (
    "od/adyen.com/StoredValueService.json",  # 3.1, basic or key, typed errors, optional bodies
    "od/dataflowkit.com.json",  # union bodies, several responses
    "od/mercure.local.json",  # event streams, form bodies, cookies
    "rd/3.0/json/circular.json",  # recursive models
    "rd/3.0/json/discriminators.json",  # unions, mappings, discriminators on parents
    "rd/3.0/json/file-uploads.json",  # multipart
    "rd/3.0/json/parameters-style.json",  # every style
    "rd/3.0/json/security.json",  # every scheme
    "rd/3.1/json/train-travel.json",  # 3.1, problem details, several media types
    "rd/3.1/yaml/schema-types.yaml",  # every type, conflicts in allOf
)
