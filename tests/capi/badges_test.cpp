// Badges through spie.h: what they say, what they refuse, and no secret in an error.
#include "tests/capi/c_api.hpp"
#include "tests/temporary.hpp"

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

TEST_CASE("a key that stands elsewhere signs through spie.h") {
  CError error;
  Key module, other, never;
  CHECK_OK(spie_key_generate(module.out(), "ed25519", &error));
  Text text, pem;
  CHECK_OK(spie_key_public(text.out(), text.length(), module.get(), &error));
  const std::string known = text.string();
  // One that holds is asked for by examples/c/badge_module.c.
  struct Held {
    std::string signature;
    int asked = 0;
  } held{std::string(64, 'x')};
  const auto sign = [](void *context, const char *message, size_t length, const char **signature,
                       size_t *signature_length) -> int32_t {
    auto &one = *static_cast<Held *>(context);
    ++one.asked;
    if (message == nullptr || length == 0 || one.signature.empty())
      return 1;
    *signature = one.signature.data();
    *signature_length = one.signature.size();
    return 0;
  };
  CHECK_OK(spie_key_elsewhere(other.out(), known.data(), known.size(), sign, &held, &error));
  const std::string given = credential();
  const auto issued = [&] {
    return spie_badge_issue(text.out(), text.length(), given.data(), given.size(), other.get(), nullptr, 0,
                            "2026-11-28T08:00:00Z", nullptr, &error);
  };
  CHECK(issued() == SPIE_ERROR_BADGE);
  CHECK(std::string(error.code) == "B004");
  CHECK(held.asked == 1);
  held.signature.clear();
  CHECK(issued() == SPIE_ERROR_BADGE);
  CHECK(std::string(error.message).find("gave no signature") != std::string::npos);
  CHECK(spie_key_write(pem.out(), pem.length(), other.get(), nullptr, 0, &error) == SPIE_ERROR_BADGE);
  CHECK(spie_key_elsewhere(never.out(), known.data(), known.size(), nullptr, nullptr, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_key_elsewhere(never.out(), "clé", 4, sign, &held, &error) == SPIE_ERROR_BADGE);
}

TEST_CASE("a list of trust is signed by its keeper, and recognises an issuer") {
  CError error;
  Key issuer, keeper;
  CHECK_OK(spie_key_generate(issuer.out(), "ed25519", &error));
  CHECK_OK(spie_key_generate(keeper.out(), "p256", &error));
  Text known, list;
  CHECK_OK(spie_key_public(known.out(), known.length(), issuer.get(), &error));
  const std::string issuers = R"({"emetteurs": [{"id": ")" + known.json()["did"].get<std::string>() +
                              R"(", "nom": "Atelier inventé", "etat": "reconnu", "du": "2026-01-01"}]})";
  CHECK_OK(spie_trust_sign(list.out(), list.length(), issuers.data(), issuers.size(), keeper.get(), nullptr, &error));
  const std::string trust = list.string();
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  const char *required[] = {"confiance"};
  options.required = required;
  options.required_count = 1;
  options.trust = trust.data();
  options.trust_length = trust.size();
  CHECK(verify(issue(issuer.get())["badge"], options)["verdict"] == "valide");
  CHECK(verify(issue(keeper.get())["badge"], options)["verdict"] == "invalide");
  CHECK(spie_trust_sign(list.out(), list.length(), "{}", 2, keeper.get(), nullptr, &error) == SPIE_ERROR_BADGE);
  CHECK(std::string(error.code) == "B001");
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

TEST_CASE("registers of statuses and batches go through spie.h") {
  CError error;
  Key key;
  Text text, list;
  const spie::testing::TemporaryFolder folder;
  const std::string file = (folder.path() / "registre.json").string();
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  spie_register_options options = SPIE_REGISTER_OPTIONS_INIT;
  CHECK(spie_register_create(file.c_str(), &options, &error) == SPIE_ERROR_ARGUMENT);
  options.list = "https://exemple.fr/etats/1";
  CHECK_OK(spie_register_create(file.c_str(), &options, &error));
  CHECK(spie_register_create(file.c_str(), &options, &error) == SPIE_ERROR_ARGUMENT);

  const std::string given = credential();
  CHECK_OK(spie_register_enter(text.out(), text.length(), file.c_str(), given.data(), given.size(), &error));
  const std::string entered = text.string();
  CHECK_OK(spie_badge_issue(text.out(), text.length(), entered.data(), entered.size(), key.get(), nullptr, 0,
                            "2026-11-28T08:00:00Z", nullptr, &error));
  const std::string badge = text.json()["badge"];
  const std::string id = Json::parse(badge)["id"];

  const auto revoked_by_list = [&] {
    CHECK_OK(
        spie_register_list(list.out(), list.length(), file.c_str(), "ISSUER", "2026-11-28T08:00:00Z", nullptr, &error));
    const std::string unsigned_list = list.string();
    CHECK_OK(spie_badge_issue(list.out(), list.length(), unsigned_list.data(), unsigned_list.size(), key.get(), nullptr,
                              0, "2026-11-28T08:00:00Z", nullptr, &error));
    const std::string published = list.json()["badge"];
    const spie_file document = {"https://exemple.fr/etats/1", published.data(), published.size()};
    spie_badge_options how = SPIE_BADGE_OPTIONS_INIT;
    how.documents = &document;
    how.document_count = 1;
    return verify(badge, how)["verdict"];
  };
  CHECK(verify(badge)["verdict"] == "non_verifiable");
  CHECK(revoked_by_list() == "valide");
  const char *badges[] = {id.c_str()};
  const char *unknown[] = {id.c_str(), "urn:uuid:autre"};
  CHECK(spie_register_set(file.c_str(), unknown, 2, 1, nullptr, &error) == SPIE_ERROR_BADGE); // all, or none
  CHECK(revoked_by_list() == "valide");
  CHECK_OK(spie_register_set(file.c_str(), badges, 1, 1, nullptr, &error));
  CHECK(revoked_by_list() == "invalide");
  CHECK(spie_register_set(file.c_str(), badges, 1, 0, nullptr, &error) == SPIE_ERROR_BADGE);

  spie_batch_options batch = SPIE_BATCH_OPTIONS_INIT;
  batch.at = "2026-11-28T08:00:00Z";
  const char *registers[] = {file.c_str()};
  batch.registers = registers;
  batch.register_count = 1;
  int64_t done = 0;
  batch.context = &done;
  batch.progress = [](void *context, int64_t records) -> int32_t {
    *static_cast<int64_t *>(context) = records;
    return 0;
  };
  const std::string lines = "destinataire,recit\nurn:p:1,Récit un\nurn:p:2,\n";
  CHECK_OK(spie_badge_issue_all(text.out(), text.length(), given.data(), given.size(), lines.data(), lines.size(),
                                key.get(), &batch, &error));
  const Json made = text.json();
  REQUIRE(made.size() == 2);
  CHECK(done == 2);
  CHECK(made[1]["ligne"] == 3);
  CHECK(Json::parse(made[0]["badge"].get<std::string>())["credentialSubject"]["narrative"] == "Récit un");
  CHECK_OK(spie_register_read(text.out(), text.length(), file.c_str(), &error));
  CHECK(text.json()["entrees"].size() == 3);

  batch.progress = [](void *, int64_t) -> int32_t { return 1; };
  CHECK(spie_badge_issue_all(text.out(), text.length(), given.data(), given.size(), lines.data(), lines.size(),
                             key.get(), &batch, &error) == SPIE_ERROR_ARGUMENT);
  const std::string wrong = "destinataire\nurn:p:1\nurn:p:1 85 05 78 006 084 91\n";
  CHECK(spie_badge_issue_all(text.out(), text.length(), given.data(), given.size(), wrong.data(), wrong.size(),
                             key.get(), &batch, &error) == SPIE_ERROR_BADGE);
  CHECK(std::string(error.where).starts_with("ligne 3"));
  CHECK(std::string(error.message).find("85 05") == std::string::npos);
  CHECK_OK(spie_register_read(text.out(), text.length(), file.c_str(), &error));
  CHECK(text.json()["entrees"].size() == 3);
}
