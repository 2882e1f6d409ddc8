// Instances through C: the census, the agenda of who is convened and of nobody else, what is counted.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

const std::string people = R"([
  {"type": "instance", "sujets": ["instance:i"], "effet": {"debut": "2022-04-01"}, "source": {"nom": "saisie"},
   "contenu": {"nom": "Instance de Meaux", "quorum": 1}},
  {"type": "siege", "sujets": ["instance:i"], "effet": {"debut": "2022-04-01"}, "source": {"nom": "saisie"},
   "contenu": {"professionnel": "professionnel:anna", "qualite": "animateur", "etape": "commence"}},
  {"type": "session", "sujets": ["instance:i"], "effet": {"debut": "2022-04-01"}, "source": {"nom": "saisie"},
   "contenu": {"id": "2022-04-20", "etape": "fixee", "date": "2022-04-20"}},
  {"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}},
  {"type": "referent", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}},
  {"type": "saisine", "sujets": ["personne:aline"], "effet": {"debut": "2022-04-02"}, "source": {"nom": "saisie"},
   "contenu": {"id": "S", "etape": "inscrite", "instance": "instance:i", "session": "2022-04-20",
               "motif": "cas_complexe"}}])";

struct Demand : spie_demand {
  const char *only;
  Demand(const char *who, const char *as, const char *for_what) : spie_demand SPIE_DEMAND_INIT, only(as) {
    actor = who;
    purpose = for_what;
    roles = &only;
    roles_count = 1;
    asked_at = "2022-04-15T08:00:00Z";
  }
  Demand(const Demand &) = delete;
  Demand &operator=(const Demand &) = delete;
};

} // namespace

TEST_CASE("instances are told, prepared and counted through C") {
  Store store;
  Desk desk;
  Pack pack;
  Text text;
  CError error;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), people.data(), people.size(),
                             "2022-04-05T12:00:00Z", &error));
  CHECK_OK(spie_desk_memory(desk.out(), pack.get(), nullptr, &error));
  CHECK_OK(spie_instances(text.out(), text.length(), store.get(), "2022-04-15", nullptr, &error));
  CHECK(text.json().size() == 1);
  CHECK(text.json()[0]["quorum"] == 1);
  CHECK(text.json()[0]["sieges"][0]["professionnel"] == "professionnel:anna");
  CHECK_REFUSED(spie_instances(text.out(), text.length(), store.get(), "hier", nullptr, &error), SPIE_ERROR_ARGUMENT,
                "A001");

  const Demand anna("professionnel:anna", "animateur", "instance"),
      rene("professionnel:rene", "membre_instance", "instance"),
      max("professionnel:max", "membre_instance", "instance"), pia("professionnel:pia", "pilote", "pilotage");
  const auto agenda = [&](const spie_demand *who, const char *session = nullptr) {
    return spie_desk_agenda(text.out(), text.length(), desk.get(), store.get(), who, "instance:i", session, &error);
  };
  CHECK_OK(agenda(&anna));
  CHECK(text.json()["cas"][0]["saisine"] == "S");
  CHECK(text.json()["convocations"].size() == 3);
  CHECK(text.json()["quorum"]["etat"] == "inconnu");
  CHECK_OK(agenda(&rene, "2022-04-20"));
  CHECK(text.json()["cas"][0]["saisine"].is_null());
  CHECK_OK(agenda(&max));
  CHECK(text.json()["cas"].empty());
  CHECK_REFUSED(agenda(&anna, "2022-04-21"), SPIE_ERROR_DOSSIER, "E005");

  const auto count = [&](const spie_demand *who, const char *from, const char *to) {
    return spie_desk_participation(text.out(), text.length(), desk.get(), store.get(), who, nullptr, from, to, &error);
  };
  CHECK_OK(count(&pia, "2022-01-01", "2022-12-31"));
  CHECK(text.json()["seances"] == 0);
  CHECK(text.json()["situations_etudiees"] == 0);
  CHECK_REFUSED(count(&rene, "2022-01-01", "2022-12-31"), SPIE_ERROR_RIGHTS, "R002");
  CHECK_REFUSED(count(&pia, "2022-12-31", "2022-01-01"), SPIE_ERROR_PATH, "Q001");
}
