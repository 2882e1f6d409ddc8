// The passport of skills through C: added, proposed, set beside a profile, selected under a share.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

const std::string aline = R"([
  {"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}},
  {"type": "ressource", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"code": "pix", "reponse": "oui"}}])";

} // namespace

TEST_CASE("a passport is filled, proposed for, compared and selected from through C") {
  Store store;
  Desk desk;
  Pack pack;
  Text text;
  CError error;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), aline.data(), aline.size(), "2022-03-05T12:00:00Z",
                             &error));
  CHECK_OK(spie_desk_memory(desk.out(), pack.get(), nullptr, &error));
  const char *role = "personne";
  spie_demand who SPIE_DEMAND_INIT;
  who.actor = "personne:aline";
  who.purpose = "accompagnement";
  who.roles = &role;
  who.roles_count = 1;
  who.asked_at = "2022-04-01T08:00:00Z";
  const auto act = [&](const std::string &asked) {
    return spie_desk_act(text.out(), text.length(), desk.get(), store.get(), &who, asked.data(), asked.size(), &error);
  };
  CHECK_OK(act(R"({"acte": "passeport.ajouter", "sujet": "personne:aline", "effet": "2022-04-01", "contenu":
    {"genre": "competence", "code_rome": "300465", "nature_rome": "competence", "version_rome": "v460"}})"));
  const std::string item = text.json()["evenements"][0]["contenu"]["id"];
  CHECK_OK(spie_desk_passport(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline", "2022-04-01",
                              &error));
  CHECK(text.json()["elements"][0]["assurance"] == "declare");
  CHECK_OK(spie_desk_passport_proposals(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                        "2022-04-01", &error));
  CHECK(text.json()["propositions"][0]["id"] == "pix/pix");
  const std::string profile = R"({"profil": {"id": "v", "titre": "Vente", "du": "2022-01-01", "construit_avec": ["x"],
    "attendus": [{"referentiel": "rome", "code": "300465", "version": "v460"}]}})";
  CHECK_OK(spie_desk_passport_compare(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                      "2022-04-01", profile.data(), profile.size(), &error));
  CHECK(text.json()["ecarts"][0]["etat"] == "a_confirmer");
  CHECK_REFUSED(spie_desk_passport_badge(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                         "2022-04-01", "I", &error),
                SPIE_ERROR_PATH, "Q002");
  CHECK_OK(act(R"({"acte": "passeport.partager", "sujet": "personne:aline", "effet": "2022-04-01", "contenu":
    {"destinataire": "B", "finalite": "entretien", "fin": {"@date": "2022-05-01"}, "elements": [")" +
               item + R"("]}})"));
  const std::string share = text.json()["evenements"][0]["contenu"]["id"];
  CHECK_OK(spie_desk_passport_selection(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                        "2022-04-01", share.c_str(), &error));
  CHECK(text.json()["elements"][0]["texte"] == "Avoir l'esprit d'équipe");
  CHECK_REFUSED(spie_desk_passport_selection(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                             "2022-06-01", share.c_str(), &error),
                SPIE_ERROR_PATH, "Q002");
}
