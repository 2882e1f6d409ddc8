#include "credentials/jsonld/table.hpp"

#include "crypto/digest.hpp"

#include <array>

namespace spie::credentials::jsonld {

namespace {

using feel::Context;
using feel::Value;

constexpr Row credentials_v1[] = {
#include "credentials/jsonld/tables/credentials_v1.inc"
};
constexpr Row credentials_v2[] = {
#include "credentials/jsonld/tables/credentials_v2.inc"
};
constexpr Row ob_3_0_0[] = {
#include "credentials/jsonld/tables/ob_3_0_0.inc"
};
constexpr Row ob_3_0_1[] = {
#include "credentials/jsonld/tables/ob_3_0_1.inc"
};
constexpr Row ob_3_0_2[] = {
#include "credentials/jsonld/tables/ob_3_0_2.inc"
};
constexpr Row ob_3_0_3[] = {
#include "credentials/jsonld/tables/ob_3_0_3.inc"
};
constexpr Row ob_extensions[] = {
#include "credentials/jsonld/tables/ob_extensions.inc"
};
constexpr Row clr_2_0[] = {
#include "credentials/jsonld/tables/clr_2_0.inc"
};
constexpr Row clr_2_0_1[] = {
#include "credentials/jsonld/tables/clr_2_0_1.inc"
};
constexpr Row data_integrity_v1[] = {
#include "credentials/jsonld/tables/data_integrity_v1.inc"
};
constexpr Row ed25519_2020_v1[] = {
#include "credentials/jsonld/tables/ed25519_2020_v1.inc"
};
constexpr Row did_v1[] = {
#include "credentials/jsonld/tables/did_v1.inc"
};

constexpr std::array<Table, 12> all{{
    {"https://www.w3.org/2018/credentials/v1", "", "2018-credentials-v1.jsonld",
     "3d0b277522ed24385c850b9882b9688687189b8f37a9bd9f1577e348b1019c44",
     "5d93c674758374293248d26be4869a89a8ebca0a09d1281c4235cebbf50be903", credentials_v1},
    {"https://www.w3.org/ns/credentials/v2", "", "credentials-v2.jsonld",
     "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
     "3c9f2c2fa03d9ab26296034ce65a4935f00c80452f8d86c6682ea6cfe64e2e45", credentials_v2},
    {"https://purl.imsglobal.org/spec/ob/v3p0/context.json",
     "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld", "ob-v3p0.json",
     "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10",
     "71b4842cdab4054a4a239ed8c54de74f5529e082dc89d60119bd713dadb91c70", ob_3_0_0},
    {"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "", "ob-v3p0-3.0.1.json",
     "cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c",
     "c938ab934b9494988d30c86680ea1012f567487c4c86f5e25b149083352fa061", ob_3_0_1},
    {"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "", "ob-v3p0-3.0.2.json",
     "bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296",
     "bc116a75a32127cff13c037b8bb897665381cafd7eb3c0b0e4ce2acccfdc50a9", ob_3_0_2},
    {"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "", "ob-v3p0-3.0.3.json",
     "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
     "3318fcaab1d72c07ed92a07448c07c5350f77339ac14e1d84358a8d8c3eb4b08", ob_3_0_3},
    {"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "", "ob-v3p0-extensions.json",
     "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
     "7b131f3fa47b0374be7a6749fc47dd89f430cccf492dac84284e5bfed9a64681", ob_extensions},
    {"https://purl.imsglobal.org/spec/clr/v2p0/context.json", "", "clr-v2p0.json",
     "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167",
     "6cefd2bd73d23fc0605ea3a848255bbcbf3f0febd35b0c3a5c8f018a9f1bcef4", clr_2_0},
    {"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "", "clr-v2p0-2.0.1.json",
     "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
     "f631bdafae51663ff4ef83d4ba57098d8706a25310805ea06f049c80c9c1f783", clr_2_0_1},
    {"https://w3id.org/security/data-integrity/v1", "", "data-integrity-v1.jsonld",
     "c6e5073f4bd4bf6d08f245736e6f32c29b012860b18583644b2d71e1de862669",
     "a46bed2b516111352350c36271cb57e7ff85a1183581e461c14bc7ba22f41921", data_integrity_v1},
    {"https://w3id.org/security/suites/ed25519-2020/v1", "", "security-suites-ed25519-2020-v1.jsonld",
     "67646fbc0d6582ad7fbf08ccf0d3a4bedbb4177fd2d63385de52dc1b092ed6c5",
     "58a44e988dcdd3de3053e90762908f6a1c76e8b9516c2adfd087bd247f6eedf0", ed25519_2020_v1},
    {"https://www.w3.org/ns/did/v1", "", "did-v1.jsonld",
     "adefa50311393eb1bd788a38ac9fe2696c65367928f6996812cd54577394f4da",
     "2e572c616d8fcabc677c20f296d593ddc5f43f36b31b7109e7a5904702257e73", did_v1},
}};

Value object_of(std::span<const Row> &rows, int depth) {
  std::vector<Context::Entry> entries;
  while (!rows.empty() && rows.front().depth == depth) {
    const Row row = rows.front();
    rows = rows.subspan(1);
    const std::string term(row.term);
    if (row.term == "@protected") {
      entries.emplace_back(term, true);
    } else if (row.term == "@version") {
      entries.emplace_back(term, feel::Number::scaled(11, -1).value());
    } else if (row.form == Form::simple) {
      entries.emplace_back(term, row.id);
    } else {
      Context definition;
      for (const auto &[key, text] : {std::pair{"@id", row.id}, {"@type", row.type}, {"@container", row.container}})
        if (!text.empty())
          definition.set(key, text);
      if (row.form == Form::scoped)
        definition.set("@context", object_of(rows, depth + 1));
      else if (row.form == Form::cleared)
        definition.set("@context", {});
      entries.emplace_back(term, std::move(definition));
    }
  }
  return Context::of_distinct(std::move(entries));
}

} // namespace

std::span<const Table> tables() noexcept { return all; }

Value context_of(const Table &table) {
  std::span<const Row> rows = table.rows;
  return object_of(rows, 0);
}

std::string rows_hash(const Table &table) {
  static constexpr std::array<std::string_view, 4> forms{"", "simple", "scoped", "null"};
  std::string all_rows;
  for (const Row &row : table.rows) {
    if (!all_rows.empty())
      all_rows += '\n';
    all_rows += std::to_string(row.depth);
    for (const std::string_view field :
         {row.term, row.id, row.type, row.container, forms[static_cast<std::size_t>(row.form)]}) {
      all_rows += '|';
      all_rows += field;
    }
  }
  return crypto::hex(crypto::sha256(all_rows));
}

bool is_disputed(std::string_view address, std::string_view term) noexcept {
  return address == "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json" &&
         (term == "jti" || term == "endorsementJwt");
}

} // namespace spie::credentials::jsonld
