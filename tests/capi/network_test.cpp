// The network through C: relays for all, appointments, records and counts, solicitations, satisfaction.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

std::string event(const std::string &subject, const std::string &type, const std::string &content) {
  return R"({"type": ")" + type + R"(", "sujets": [")" + subject +
         R"("], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"}, "contenu": )" + content + "}";
}
std::string led(const std::string &person) {
  return event(person, "referent",
               R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene",
                   "structure": "structure:s"})");
}

struct Demand : spie_demand {
  const char *only;
  Demand(const char *who, const char *as, const char *what_for, const char *when)
      : spie_demand SPIE_DEMAND_INIT, only(as) {
    actor = who;
    purpose = what_for;
    roles = &only;
    roles_count = 1;
    asked_at = when;
  }
  Demand(const Demand &) = delete;
  Demand &operator=(const Demand &) = delete;
};

} // namespace

TEST_CASE("the network is asked for through C; what is refused records nothing") {
  Store store;
  Desk desk;
  Text text;
  CError error;
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  const std::string events =
      "[" + event("structure:s", "structure", R"({"nom": "Maison", "code_commune": "77288"})") + "," +
      event("professionnel:paul", "professionnel", R"({"nom": "MODELE", "structure": "structure:s"})") + "," +
      led("personne:aline") + "," + led("personne:basile") + "," +
      event("personne:aline", "entree", R"({"motif": "orientation"})") + "," +
      event("personne:aline", "adresse", R"({"code_commune": "77152"})") + "]";
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), events.data(), events.size(),
                             "2022-03-05T12:00:00Z", &error));
  CHECK_OK(spie_desk_memory(desk.out(), the_pack(), nullptr, &error));
  const Demand rene("professionnel:rene", "referent", "accompagnement", "2022-04-01T08:00:00Z");
  const Demand pia("professionnel:pia", "pilote", "pilotage", "2022-04-01T08:00:00Z");

  const auto relay = [&](const std::string &asked) {
    return spie_desk_relay_all(text.out(), text.length(), desk.get(), store.get(), &rene, asked.data(), asked.size(),
                               &error);
  };
  const std::string all = R"({"de": "professionnel:rene", "effet": "2022-04-01",
    "contenu": {"vers": "professionnel:paul", "motif": "charge"}})";
  CHECK_OK(relay(all));
  CHECK(text.json()["faits"] == 2);
  CHECK_OK(relay(all)); // under way already: each is refused, and told
  CHECK(text.json()["refuses"] == 2);
  CHECK(text.json()["dossiers"][0]["refus"][0]["code"] == "Q002");
  CHECK_REFUSED(relay(R"({"de": "Paul", "effet": "2022-04-01"})"), SPIE_ERROR_PATH, "Q001");
  CHECK(std::string(error.where) == "/de");

  const auto appointments = [&](const std::string &request) {
    return spie_desk_appointments(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline",
                                  "2022-04-01", request.empty() ? nullptr : request.data(), request.size(), &error);
  };
  CHECK_OK(appointments(""));
  CHECK(text.json()["motif"] == "premier");
  CHECK(text.json()["au_plus_tard"] == "2022-03-16");
  CHECK(text.json()["lieux"][0]["proximite"] == "meme_epci");
  CHECK_REFUSED(appointments(R"({"trajets": []})"), SPIE_ERROR_PATH, "Q001");

  const auto card = [&](const spie_demand *who, const char *subject) {
    return spie_desk_network_record(text.out(), text.length(), desk.get(), store.get(), who, subject, "2022-04-01",
                                    &error);
  };
  CHECK_OK(card(&rene, "structure:s"));
  CHECK(text.json()["professionnels"][0] == "professionnel:paul");
  CHECK(text.json()["label"].is_null());
  CHECK_REFUSED(card(&rene, "professionnel:paul"), SPIE_ERROR_RIGHTS, "R002");
  CHECK_OK(card(&pia, "professionnel:paul"));

  CHECK_OK(spie_desk_network_counts(text.out(), text.length(), desk.get(), store.get(), &pia, "2022-01-01",
                                    "2022-03-31", &error));
  CHECK(text.json()["structures"] == 1);
  CHECK_REFUSED(spie_desk_network_counts(text.out(), text.length(), desk.get(), store.get(), &pia, "2022-04-01",
                                         "2022-03-31", &error),
                SPIE_ERROR_PATH, "Q001");
  CHECK_OK(spie_desk_labelled(text.out(), text.length(), desk.get(), store.get(), &rene, "structure:s", "2022-04-01",
                              &error));
  CHECK(text.json().empty());
  CHECK_OK(spie_desk_solicitations(text.out(), text.length(), desk.get(), store.get(), &rene, "2022-04-01", 1, &error));
  CHECK(text.json().empty());

  CHECK_OK(spie_satisfaction_form(text.out(), text.length(), the_pack(), &error));
  CHECK(text.json()["questions"].size() == 4);
  const auto answer = [&](const std::string &asked) {
    return spie_desk_satisfaction_answer(text.out(), text.length(), desk.get(), store.get(), &rene, asked.data(),
                                         asked.size(), &error);
  };
  CHECK_OK(
      answer(R"({"personne": "personne:aline", "structure": "structure:s", "reponses": {"outils": "plutot_oui"}})"));
  CHECK(text.json()["trimestre"] == "2022-T2");
  CHECK_REFUSED(answer(R"({"personne": "personne:aline", "structure": "structure:s", "reponses": {"outils": "oui"}})"),
                SPIE_ERROR_PATH, "Q001");
  CHECK(std::string(error.where) == "/reponses/outils");
  CHECK_OK(spie_desk_satisfaction(text.out(), text.length(), desk.get(), store.get(), &pia, "2022-04-01", &error));
  CHECK(text.json()["cases"].empty());
  CHECK_REFUSED(spie_desk_satisfaction(text.out(), text.length(), desk.get(), store.get(), &rene, "2022-04-01", &error),
                SPIE_ERROR_RIGHTS, "R002");
}
