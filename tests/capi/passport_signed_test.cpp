// What leaves a passport signed, through C: issued, handed over, guaranteed, looked at again, and what outlives it.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;
using Key = Handle<spie_key, spie_key_free>;
using Rome = Handle<spie_rome, spie_rome_free>;

const std::string aline = R"([
  {"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}},
  {"type": "referent", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}},
  {"type": "element_passeport", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"id": "e1", "etape": "ajoute", "genre": "competence", "code_rome": "300465", "nature_rome": "competence",
               "version_rome": "v460"}},
  {"type": "partage_passeport", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"id": "p1", "etape": "ouvert", "destinataire": "Boulangerie", "finalite": "candidature",
               "fin": {"@date": "2022-07-01"}, "elements": ["e1"]}}])";

// Gives each credential an entry of a list; refuses when it is told to.
struct Register {
  int next = 0;
  bool refuses = false;
  std::string held;
};
int32_t enter(void *context, const char *credential, size_t length, const char **bytes, size_t *out) {
  auto &kept = *static_cast<Register *>(context);
  if (kept.refuses)
    return 1;
  kept.held = std::string(credential, length - 1) +
              R"(, "credentialStatus": [{"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                 "statusListIndex": ")" +
              std::to_string(kept.next++) + R"(", "statusListCredential": "https://etat.example/1"}]})";
  *bytes = kept.held.data();
  *out = kept.held.size();
  return 0;
}

spie_demand demand(const char *actor, const char *const *role, const char *at) {
  spie_demand who SPIE_DEMAND_INIT;
  who.actor = actor;
  who.purpose = "accompagnement";
  who.roles = role;
  who.roles_count = 1;
  who.asked_at = at;
  return who;
}

} // namespace

TEST_CASE("a share is handed over signed through C, with its entry of status, and says what outlives it") {
  Store store;
  Desk desk;
  Pack pack;
  Text text;
  CError error;
  Key key;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), aline.data(), aline.size(), "2022-03-05T12:00:00Z",
                             &error));
  CHECK_OK(spie_desk_memory(desk.out(), pack.get(), nullptr, &error));
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  const char *herself = "personne", *referent = "referent";
  const spie_demand who = demand("personne:aline", &herself, "2022-04-01T08:00:00Z");
  Register kept;
  spie_passport_signing signing SPIE_PASSPORT_SIGNING_INIT;
  signing.key = key.get();
  signing.at = "2022-04-01T08:00:00Z";
  signing.name = "Mission locale";
  signing.enter = enter;
  signing.context = &kept;
  const auto hand = [&](const std::string &asked, const spie_passport_signing *by) {
    return spie_desk_passport_hand_over(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                        "2022-04-01", asked.data(), asked.size(), by, &error);
  };
  CHECK_OK(hand(R"({"partage": "p1", "forme": "badges"})", &signing));
  const Json made = text.json();
  const std::string badge = made["badges"][0]["texte"];
  CHECK(made["statuts"][0]["index"] == 0);
  CHECK(made["statuts"][0]["badge"] == made["badges"][0]["id"]);
  CHECK(made["acte"]["evenements"][0]["contenu"]["badges"][0]["id"] == made["badges"][0]["id"]);
  spie_badge_options options SPIE_BADGE_OPTIONS_INIT;
  options.at = "2022-04-02T08:00:00Z";
  CHECK_OK(spie_badge_verify(text.out(), text.length(), badge.data(), badge.size(), &options, &error));
  CHECK(text.json()["verdict"] == "non_verifiable"); // its list was not handed over
  CHECK_OK(hand(R"({"partage": "p1", "forme": "json"})", nullptr));
  CHECK(text.json()["badges"].empty());
  CHECK_REFUSED(hand(R"({"partage": "p1", "forme": "clr"})", nullptr), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(hand(R"({"partage": "p1", "format": "clr"})", &signing), SPIE_ERROR_PATH, "Q001");
  CHECK_REFUSED(hand(R"({"partage": "autre"})", &signing), SPIE_ERROR_PATH, "Q002");
  kept.refuses = true;
  CHECK_REFUSED(hand(R"({"partage": "p1", "forme": "badges"})", &signing), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_OK(spie_desk_passport(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline", "2022-04-01",
                              &error));
  CHECK(text.json()["partages"][0]["remises"].size() == 2);

  const spie_demand rene = demand("professionnel:rene", &referent, "2022-04-01T09:00:00Z");
  const std::string immersion = R"({"immersion": "I"})";
  CHECK_REFUSED(spie_desk_passport_issue(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline",
                                         "2022-04-01", immersion.data(), immersion.size(), &signing, &error),
                SPIE_ERROR_PATH, "Q002");
  CHECK_OK(spie_desk_passport_guarantee(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline",
                                        "e1", badge.data(), badge.size(), &options, &error));
  CHECK(text.json()["garanti"] == false); // no list of trust
  CHECK(text.json()["acte"].is_null());
  CHECK_OK(spie_desk_passport_review(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline",
                                     &options, 0, &error));
  CHECK(text.json().empty());

  CHECK_OK(spie_passport_outlives(text.out(), text.length(), store.get(), "personne:aline", "p1", &error));
  CHECK(text.json().size() == 1);
  CHECK_OK(spie_passport_outlives(text.out(), text.length(), store.get(), "personne:aline", nullptr, &error));
  CHECK(text.json()["a_poser"].size() == 1);
  CHECK(text.json()["chez_d_autres"].size() == 2);
  CHECK_REFUSED(spie_passport_outlives(text.out(), text.length(), store.get(), "personne:zoe", nullptr, &error),
                SPIE_ERROR_DOSSIER, "E005");
}

TEST_CASE("a release of the ROME gives codes their words in what leaves through C, and for its own codes alone") {
  Store store;
  Desk desk;
  Pack pack;
  Text text;
  CError error;
  Key key;
  Rome rome, later;
  std::string said = aline;
  // "Éplucher et couper des légumes" in examples/donnees/rome, which the pack does not know.
  for (const auto &[what, by] : {std::pair<std::string, std::string>{"300465", "9990001"}, {"v460", "v998"}})
    said.replace(said.find(what), what.size(), by);
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), said.data(), said.size(), "2022-03-05T12:00:00Z",
                             &error));
  CHECK_OK(spie_desk_memory(desk.out(), pack.get(), nullptr, &error));
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  CHECK_OK(spie_rome_load(rome.out(), SPIE_SOURCE_DIR "/examples/donnees/rome", "v998", &error));
  CHECK_OK(spie_rome_load(later.out(), SPIE_SOURCE_DIR "/examples/donnees/rome", "v999", &error));
  const char *herself = "personne";
  const spie_demand who = demand("personne:aline", &herself, "2022-04-01T08:00:00Z");
  const std::string words = "Éplucher et couper des légumes";
  const auto texts = [&](const spie_rome *by) {
    CHECK_OK(spie_desk_passport_selection_with(text.out(), text.length(), desk.get(), store.get(), &who,
                                               "personne:aline", "2022-04-01", "p1", by, &error));
    return text.json()["elements"][0]["texte"];
  };
  CHECK(texts(rome.get()) == words);
  CHECK(texts(later.get()).is_null()); // the same code, of another release
  CHECK(texts(nullptr).is_null());
  CHECK_OK(spie_desk_passport_selection(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                        "2022-04-01", "p1", &error));
  CHECK(text.json()["elements"][0]["texte"].is_null());

  spie_passport_signing signing SPIE_PASSPORT_SIGNING_INIT;
  signing.rome = rome.get();
  const auto hand = [&](const std::string &asked) {
    return spie_desk_passport_hand_over(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                        "2022-04-01", asked.data(), asked.size(), &signing, &error);
  };
  CHECK_OK(hand(R"({"partage": "p1", "forme": "json"})")); // which nobody signs
  CHECK(text.json()["selection"]["elements"][0]["texte"] == words);
  CHECK_REFUSED(hand(R"({"partage": "p1", "forme": "badges"})"), SPIE_ERROR_ARGUMENT, "A001");
  signing.key = key.get();
  signing.at = "2022-04-01T08:00:00Z";
  CHECK_OK(hand(R"({"partage": "p1", "forme": "badges"})"));
  const Json named = Json::parse(text.json()["badges"][0]["texte"].get<std::string>());
  CHECK(named["credentialSubject"]["achievement"]["name"] == words);
  signing.rome = nullptr;
  CHECK_OK(hand(R"({"partage": "p1", "forme": "badges"})"));
  CHECK(text.json()["badges"][0]["texte"].get<std::string>().find(words) == std::string::npos);
}
