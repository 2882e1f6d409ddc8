// Acts of the path through C: done with a right, undone whole, refused with nothing recorded.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

const std::string people = R"([
  {"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}},
  {"type": "referent", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}},
  {"type": "professionnel", "sujets": ["professionnel:paul"], "effet": {"debut": "2022-03-01"},
   "source": {"nom": "saisie"}, "contenu": {"nom": "MODELE"}}])";

struct Demand : spie_demand {
  const char *only;
  Demand(const char *who, const char *as) : spie_demand SPIE_DEMAND_INIT, only(as) {
    actor = who;
    purpose = "accompagnement";
    roles = &only;
    roles_count = 1;
    asked_at = "2022-04-01T08:00:00Z";
  }
  Demand(const Demand &) = delete;
  Demand &operator=(const Demand &) = delete;
};

} // namespace

TEST_CASE("an act is done, told, and undone through C; what is refused records nothing") {
  Store store;
  Desk desk;
  Pack pack;
  Text text;
  CError error;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), people.data(), people.size(),
                             "2022-03-05T12:00:00Z", &error));
  CHECK_OK(spie_desk_memory(desk.out(), pack.get(), nullptr, &error));
  const Demand rene("professionnel:rene", "referent"), paul("professionnel:paul", "pressenti");
  const auto act = [&](const spie_demand *who, const std::string &asked) {
    return spie_desk_act(text.out(), text.length(), desk.get(), store.get(), who, asked.data(), asked.size(), &error);
  };
  const std::string ask = R"({"acte": "relais.demander", "sujet": "personne:aline", "effet": "2022-04-01",
    "contenu": {"vers": "professionnel:paul", "motif": "charge"}})";
  const std::string accept = R"({"acte": "relais.accepter", "sujet": "personne:aline", "effet": "2022-04-01"})";
  CHECK_REFUSED(act(&paul, accept), SPIE_ERROR_RIGHTS, "R002"); // nobody asked him yet
  CHECK_OK(act(&rene, ask));
  const std::string made = text.json()["acte"];
  CHECK(text.json()["evenements"].size() == 1);
  CHECK(text.json()["evenements"][0]["acte"] == made);
  CHECK_REFUSED(act(&rene, ask), SPIE_ERROR_PATH, "Q002");
  CHECK_REFUSED(act(&rene, R"({"acte": "relais.effectuer", "sujet": "personne:aline", "effet": "2022-04-01"})"),
                SPIE_ERROR_PATH, "Q003");
  CHECK_REFUSED(act(&rene, R"({"acte": "relais.demander", "sujet": "personne:aline", "effet": "hier"})"),
                SPIE_ERROR_PATH, "Q001");
  CHECK(std::string(error.where) == "/effet");
  CHECK_OK(spie_desk_relays(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", &error));
  CHECK(text.json()[0]["conditions"].size() == 5);
  CHECK(text.json()[0]["possible"] == false);
  CHECK_OK(spie_desk_path(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", "2022-04-01",
                          &error));
  CHECK(text.json()["etat"] == "pas_entre");
  CHECK(text.json()["meneurs"][0]["professionnel"] == "professionnel:rene");
  CHECK_OK(spie_desk_logbook(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", "2022-04-01",
                             &error));
  CHECK(text.json()["situation"][0]["genre"] == "relais");
  CHECK(text.json()["intervenants"][0]["qui"] == "professionnel:rene");
  CHECK_REFUSED(
      spie_desk_logbook(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", "hier", &error),
      SPIE_ERROR_ARGUMENT, "A001");
  CHECK_OK(spie_desk_undo(text.out(), text.length(), desk.get(), store.get(), &rene, made.c_str(), &error));
  CHECK_OK(spie_desk_relays(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", &error));
  CHECK(text.json().empty());
  CHECK_REFUSED(spie_desk_undo(text.out(), text.length(), desk.get(), store.get(), &rene, made.c_str(), &error),
                SPIE_ERROR_PATH, "Q002");
  const auto share = [&](const char *format) {
    return spie_desk_share(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", format,
                           "structure:france-travail-77", "2022-04-01", SPIE_SOURCE_DIR "/nomenclatures", &error);
  };
  CHECK_OK(share("france_travail.v1"));
  CHECK(text.json()["version"] == "france_travail.diagnostic.v1@2024-02-29");
  CHECK(text.json()["document"]["contraintesIndividusDto"]["contraintes"].empty());
  CHECK_FALSE(text.json()["acte"].is_null());
  CHECK_REFUSED(share("pix"), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_OK(spie_path_acts(text.out(), text.length(), &error));
  CHECK(text.json()[0]["depuis"][0].is_null());
}
