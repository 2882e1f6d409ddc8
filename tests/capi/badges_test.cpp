// Badges through spie.h: what they say, what they refuse, and no secret in an error.
#include "tests/capi/c_api.hpp"

#include <fstream>
#include <iterator>

using namespace capi_test;

namespace {

using Key = Handle<spie_key, spie_key_free>;

std::string credential() {
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/examples/donnees/attestation.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Json issue(spie_key *key, std::vector<const char *> proofs = {}) {
  CError error;
  Text text;
  const std::string given = credential();
  CHECK_OK(spie_badge_issue(text.out(), text.length(), given.data(), given.size(), key, proofs.data(), proofs.size(),
                            "2026-11-28T08:00:00Z", nullptr, &error));
  return text.json();
}

Json verify(const std::string &badge, spie_badge_options options = SPIE_BADGE_OPTIONS_INIT) {
  CError error;
  Text text;
  if (options.at == nullptr)
    options.at = "2026-11-29T08:00:00Z";
  CHECK_OK(spie_badge_verify(text.out(), text.length(), badge.data(), badge.size(), &options, &error));
  return text.json();
}

} // namespace

TEST_CASE("a badge is issued and verified through spie.h") {
  CError error;
  Key key;
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  const Json made = issue(key.get());
  CHECK(made["forme"] == "json");
  CHECK(made["avertissements"].empty());
  const Json report = verify(made["badge"]);
  CHECK(report["verdict"] == "valide");
  CHECK(report["emetteur"] == "prouve");
  std::vector<std::string> names;
  for (const Json &one : report["controles"]) {
    names.push_back(one["nom"]);
    CHECK(one.size() == 6);
    CHECK(one["motif"].size() == 2);
    CHECK(one["code"].is_null());
  }
  CHECK(names == std::vector<std::string>{"structure", "destinataire", "preuve", "cle", "emetteur", "confiance",
                                          "statut", "dates", "avenants"});
}

TEST_CASE("a JWT, a warning, a required check") {
  CError error;
  Key key;
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  const Json made = issue(key.get(), {"vc-jwt"});
  CHECK(made["forme"] == "jws");
  CHECK(made["avertissements"][0]["code"] == "B015");
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  const char *required[] = {"confiance"};
  options.required = required;
  options.required_count = 1;
  CHECK(verify(made["badge"], options)["verdict"] == "non_verifiable");
}

TEST_CASE("a recipient is somebody") {
  CError error;
  Key key;
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  const std::string badge = issue(key.get())["badge"];
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  options.at = "2026-11-29T08:00:00Z";
  options.recipient = "a@example.com";
  CHECK(verify(badge, options)["verdict"] == "valide");
  options.recipient = "";
  Text text;
  CHECK(spie_badge_verify(text.out(), text.length(), badge.data(), badge.size(), &options, &error) ==
        SPIE_ERROR_ARGUMENT);
  CHECK(std::string(error.code) == "A001");
}

TEST_CASE("documents are asked from who holds them") {
  CError error;
  Key key;
  CHECK_OK(spie_key_generate(key.out(), "p256", &error));
  Text text;
  std::string given = credential();
  given.replace(given.find("ISSUER"), 6, "did:web:atelier.example");
  CHECK_OK(spie_badge_issue(text.out(), text.length(), given.data(), given.size(), key.get(), nullptr, 0,
                            "2026-11-28T08:00:00Z", "did:web:atelier.example#cle", &error));
  const std::string badge = text.json()["badge"];
  CHECK(verify(badge)["verdict"] == "non_verifiable");
  CHECK_OK(spie_key_public(text.out(), text.length(), key.get(), &error));
  const std::string document = Json{{"id", "did:web:atelier.example"},
                                    {"assertionMethod",
                                     {{{"id", "did:web:atelier.example#cle"},
                                       {"type", "Multikey"},
                                       {"controller", "did:web:atelier.example"},
                                       {"publicKeyMultibase", text.json()["multibase"]}}}}}
                                   .dump();
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  options.context = const_cast<std::string *>(&document);
  options.fetch = [](void *context, const char *address, const char **bytes, size_t *length) -> int32_t {
    const auto &held = *static_cast<const std::string *>(context);
    if (std::string_view(address).find("atelier.example") == std::string_view::npos)
      return 1;
    *bytes = held.data();
    *length = held.size();
    return 0;
  };
  const Json report = verify(badge, options);
  CAPTURE(report.dump(1));
  CHECK(report["verdict"] == "valide");
  CHECK(report["emetteur"] == "prouve");
}

TEST_CASE("keys are written, encrypted and read back, and no error says a secret") {
  CError error;
  Key key, again, never;
  CHECK_OK(spie_key_generate(key.out(), "p384", &error));
  Text pem;
  CHECK_OK(spie_key_write(pem.out(), pem.length(), key.get(), "sésame", 7, &error));
  const std::string secret = pem.string();
  CHECK(secret.find("ENCRYPTED PRIVATE KEY") != std::string::npos);
  CHECK_OK(spie_key_read(again.out(), secret.data(), secret.size(), "sésame", 7, &error));
  Text a, b;
  CHECK_OK(spie_key_public(a.out(), a.length(), key.get(), &error));
  CHECK_OK(spie_key_public(b.out(), b.length(), again.get(), &error));
  CHECK(a.json() == b.json());
  CHECK(a.json()["jwk"]["crv"] == "P-384");
  CHECK(spie_key_read(never.out(), secret.data(), secret.size(), "autre", 5, &error) == SPIE_ERROR_BADGE);
  CHECK(std::string(error.code) == "B004");
  CHECK(std::string(error.message).find("autre") == std::string::npos);
  CHECK(spie_key_generate(never.out(), "dsa", &error) == SPIE_ERROR_ARGUMENT);
}

TEST_CASE("images carry badges through spie.h") {
  CError error;
  Key key;
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  const std::string badge = issue(key.get())["badge"];
  const std::string image = R"(<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><!-- é --></svg>)";
  Text baked, out;
  CHECK_OK(
      spie_badge_bake(baked.out(), baked.length(), image.data(), image.size(), badge.data(), badge.size(), 0, &error));
  const std::string made = baked.string();
  CHECK_OK(spie_badge_extract(out.out(), out.length(), made.data(), made.size(), &error));
  CHECK(out.string() == badge);
  CHECK(verify(made)["verdict"] == "valide");
  CHECK(spie_badge_bake(baked.out(), baked.length(), made.data(), made.size(), badge.data(), badge.size(), 0, &error) ==
        SPIE_ERROR_BADGE);
  CHECK(std::string(error.code) == "B011");
  CHECK_OK(spie_badge_qr(out.out(), out.length(), "https://atelier.example/b/1", "urn:uuid:1", badge.data(),
                         badge.size(), &error));
  const Json code = out.json();
  const std::size_t side = code["cote"];
  CHECK(code["modules"].get<std::string>().size() == side * side);
}
