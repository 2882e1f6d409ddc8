// Rights and retention through the C interface. What they mean is tested in tests/droits; here, what crosses and what
// is refused.
#include "tests/capi/c_api.hpp"
#include "tests/temporary.hpp"

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

// Aline, whose référent is p1, and Driss, whom nobody follows; both seen last on 5 March 2022.
const std::string people = R"([
  {"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"}, "auteur": "a",
   "source": {"nom": "saisie"}, "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}},
  {"type": "entree", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"}, "auteur": "a",
   "source": {"nom": "saisie"}, "contenu": {}},
  {"type": "referent", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"}, "auteur": "a",
   "source": {"nom": "saisie"},
   "contenu": {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p1"}},
  {"type": "identite", "sujets": ["personne:driss"], "effet": {"debut": "2022-03-05"}, "auteur": "a",
   "source": {"nom": "saisie"}, "contenu": {"nom": "EXEMPLAIRE", "prenom": "Driss"}}])";

struct Demand : spie_demand {
  const char *only;
  Demand(const char *who, const char *why, const char *as, const char *when = "2022-04-01T08:00:00Z")
      : spie_demand SPIE_DEMAND_INIT, only(as) {
    actor = who;
    purpose = why;
    roles = &only;
    roles_count = 1;
    asked_at = when;
  }
  Demand(const Demand &) = delete;
  Demand &operator=(const Demand &) = delete;
};

struct Act : spie_act {
  explicit Act(const char *day) : spie_act SPIE_ACT_INIT {
    author = "professionnel:dpo";
    recorded_at = "2024-03-06T12:00:00Z";
    effect = day;
  }
};

struct Case {
  Store store;
  Desk desk;
  Text text;
  CError error;
  Demand referent{"professionnel:p1", "accompagnement", "referent"};
  Demand stranger{"professionnel:p2", "accompagnement", "referent"};

  Case() {
    CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
    CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), people.data(), people.size(),
                               "2022-03-05T12:00:00Z", &error));
    CHECK_OK(spie_desk_memory(desk.out(), the_pack(), nullptr, &error));
  }
  spie_status view(const spie_demand *demand, const char *person = "personne:aline") {
    return spie_desk_view(text.out(), text.length(), desk.get(), store.get(), demand, person, "2022-04-01", nullptr,
                          &error);
  }
  // As the officer is told, before he asked.
  Json accesses(const char *person = nullptr) {
    const Demand officer("professionnel:dpo", "droit_acces", "delegue", "2022-04-01T08:00:00Z");
    CHECK_OK(spie_desk_accesses(text.out(), text.length(), desk.get(), store.get(), &officer, person, &error));
    return text.json();
  }
  Json due(const char *date, const char *person = nullptr) {
    CHECK_OK(spie_retention_due(text.out(), text.length(), store.get(), the_pack(), person, date, &error));
    return text.json();
  }
  spie_status erase(const Act &act = Act("2024-03-06"), const char *person = nullptr) {
    return spie_retention_erase(text.out(), text.length(), store.get(), the_pack(), person, &act, &error);
  }
};

} // namespace

TEST_CASE("a desk shows what the actor may see, and writes down who asked", "[rights]") {
  Case one;
  CError &error = one.error;
  CHECK_OK(one.view(&one.referent));
  const Json seen = one.text.json();
  CHECK(seen["role"] == "referent");
  CHECK(one.text.string().find("EXEMPLE") != std::string::npos);
  CHECK_OK(one.view(&one.stranger));
  const Json held = one.text.json();
  CHECK(held["role"] == "");
  CHECK(held["situation"]["faits"].empty());
  CHECK(held["retenues"][0]["motif"] == "relation_absente");
  const Json entries = one.accesses("personne:aline");
  REQUIRE(entries.size() == 2);
  CHECK(entries[0]["acteur"] == "professionnel:p1");
  CHECK(entries[0]["operation"] == "voir");
  CHECK(entries[1]["role"].is_null());
  CHECK(one.accesses("personne:driss").empty());
  CHECK_OK(spie_desk_verify(one.text.out(), one.text.length(), one.desk.get(), nullptr, nullptr, &error));
  CHECK(one.text.json()["intact"] == true);
  CHECK(one.text.json()["entrees"] == 4); // the list was asked for twice
  CHECK(one.text.json()["constats"].empty());
}

TEST_CASE("histories, differences, searches and duplicates pass the same mask", "[rights]") {
  Case one;
  CError &error = one.error;
  const auto shown = [&](const spie_demand *who) {
    CHECK_OK(spie_desk_history(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who,
                               "personne:aline", "identite.nom", nullptr, &error));
    Json sizes = Json::array({one.text.json()["historique"].size()});
    CHECK_OK(spie_desk_compare(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who,
                               "personne:aline", "2022-03-04", nullptr, "2022-04-01", nullptr, &error));
    sizes.push_back(one.text.json()["differences"].size());
    CHECK_OK(spie_desk_search(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who, "exem",
                              "2022-04-01", 0, &error));
    sizes.push_back(one.text.json().size()); // Driss has the same beginning, and no trace
    CHECK_OK(spie_desk_duplicates(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who,
                                  "personne:aline", &error));
    sizes.push_back(one.text.json().size());
    return sizes;
  };
  const Json seen = shown(&one.referent);
  CHECK(seen[0] == 1);
  CHECK(seen[1].get<int>() >= 3);
  CHECK(seen[2] == 1);
  CHECK(shown(&one.stranger) == Json({0, 0, 0, 0}));
  CHECK(one.accesses().size() == 8);
}

TEST_CASE("lists and doubles pass the same mask, and an erasure says which doubles it leaves", "[rights]") {
  Case one;
  CError &error = one.error;
  const std::string proposal = R"([
    {"type": "proposition_doublon", "sujets": ["personne:driss", "personne:aline"],
     "effet": {"debut": "2022-03-06"}, "auteur": "import", "source": {"nom": "saisie"},
     "contenu": {"autre": "personne:aline", "raisons": ["noms proches"]}}])";
  CHECK_OK(spie_store_append(one.text.out(), one.text.length(), one.store.get(), proposal.data(), proposal.size(),
                             "2022-03-06T12:00:00Z", &error));
  const Demand manager("professionnel:g", "gestion", "gestionnaire");
  CHECK_OK(
      spie_desk_list(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &manager, nullptr, 0, &error));
  CHECK(one.text.json()["total"] == 2);
  CHECK(one.text.json()["dossiers"][0]["nom"] == "EXEMPLAIRE");
  CHECK_OK(spie_desk_list(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &one.referent, nullptr, 1,
                          &error));
  CHECK(one.text.json()["total"] == 1);
  const std::string both = R"(["personne:aline", "personne:driss"])";
  CHECK_OK(spie_desk_names(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &one.referent,
                           both.data(), both.size(), &error));
  CHECK(one.text.json().size() == 1);
  CHECK_OK(spie_desk_duplicates(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &manager, nullptr,
                                &error));
  CHECK(one.text.json()[0]["garde"]["dossier"] == "personne:aline");
  CHECK(one.text.json()[0]["raisons"] == Json({"noms proches"}));
  CHECK_OK(spie_desk_duplicates(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &one.referent,
                                nullptr, &error));
  CHECK(one.text.json().empty());

  const std::string driss = R"(["personne:driss"])";
  CHECK_OK(
      spie_retention_doubles(one.text.out(), one.text.length(), one.store.get(), driss.data(), driss.size(), &error));
  CHECK(one.text.json()[0]["dossier"] == "personne:aline");
  CHECK(spie_retention_doubles(one.text.out(), one.text.length(), one.store.get(), "[1]", 3, &error) ==
        SPIE_ERROR_JSON);
  CHECK_OK(one.erase(Act("2024-03-06"), "personne:driss"));
  CHECK(one.text.json()["doublons"][0]["dossier"] == "personne:aline");
}

TEST_CASE("a decision made from the dossier passes the same mask", "[rights]") {
  Case one;
  CError &error = one.error;
  Handle<spie_decision, spie_decision_free> admission;
  CHECK_OK(spie_pack_decision(admission.out(), the_pack(), "admission", &error));
  const std::string facts = R"({"beneficiaire": {"rsa": "oui", "reside_departement": "oui"},
    "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "oui"}]})";
  const auto explain = [&](const spie_demand *who, const std::string &origins) {
    return spie_desk_explain(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who, "personne:aline",
                             admission.get(), facts.data(), facts.size(), "2022-06-01", origins.data(), origins.size(),
                             &error);
  };
  const std::string told = R"({"beneficiaire": ["statut", "adresse.commune"], "freins": ["frein"],
                               "diagnostic_complet": ["reponse_diagnostic"]})";
  CHECK_OK(explain(&one.referent, told));
  CHECK(one.text.json()["resultat"]["valeur"] == true);
  // What nobody tells the origin of is held back, and so is all for whom the person is a stranger.
  CHECK_OK(explain(&one.referent, "{}"));
  CHECK(one.text.json()["resultat"]["valeur"].is_null());
  CHECK_OK(explain(&one.stranger, told));
  CHECK(one.text.json()["resultat"]["valeur"].is_null());
  CHECK(explain(&one.referent, R"({"freins": "frein"})") == SPIE_ERROR_JSON);
  CHECK(std::string(error.where) == "origins#/freins");
}

TEST_CASE("the right of access is the person's own", "[rights]") {
  Case one;
  CError &error = one.error;
  CHECK_OK(one.view(&one.referent));
  const Demand herself("personne:aline", "droit_acces", "personne");
  const auto ask = [&](const spie_demand *who) {
    return spie_desk_access(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who, "personne:aline",
                            "2022-04-01", &error);
  };
  CHECK_OK(ask(&herself));
  const Json held = one.text.json();
  CHECK(held["dossier"] == "personne:aline");
  CHECK(held["evenements"].size() == 3);
  CHECK(held["acces"][0]["acteur"] == "professionnel:p1");
  CHECK_REFUSED(ask(&one.referent), SPIE_ERROR_RIGHTS, "R002");
  CHECK(one.text.get() == nullptr);
}

TEST_CASE("who looked is told to whom the pack says, and to ask is written down", "[rights]") {
  Case one;
  CError &error = one.error;
  CHECK_OK(one.view(&one.referent));
  const Demand herself("personne:aline", "droit_acces", "personne");
  const auto ask = [&](const spie_demand *who, const char *person) {
    return spie_desk_accesses(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who, person, &error);
  };
  CHECK_OK(ask(&herself, "personne:aline"));
  CHECK(one.text.json().size() == 1);
  CHECK_REFUSED(ask(&one.referent, "personne:aline"), SPIE_ERROR_RIGHTS, "R002");
  CHECK_REFUSED(ask(&herself, nullptr), SPIE_ERROR_RIGHTS, "R002");
  CHECK_REFUSED(ask(&herself, "personne:driss"), SPIE_ERROR_RIGHTS, "R002");
  const Json told = one.accesses();
  REQUIRE(told.size() == 5);
  CHECK(told[1]["operation"] == "consultations");
  CHECK(told[1]["refus"].is_null());
  for (std::size_t i = 2; i < 5; ++i) // what is refused leaves a trace
    CHECK(told[i]["refus"] == "R002");
}

TEST_CASE("an act is allowed, or not, before it is done", "[rights]") {
  Case one;
  CError &error = one.error;
  const auto may = [&](const spie_demand *who, const char *act, const std::string &targets) {
    return spie_desk_permit(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who, act,
                            targets.data(), targets.size(), &error);
  };
  const std::string aline = R"([{"sujets": ["personne:aline"]}])";
  CHECK_OK(may(&one.referent, "corriger", aline));
  CHECK(one.text.json() == Json({{"role", "referent"}}));
  CHECK_REFUSED(may(&one.stranger, "corriger", aline), SPIE_ERROR_RIGHTS, "R002");
  CHECK_REFUSED(may(&one.referent, "effacer", aline), SPIE_ERROR_RIGHTS, "R002");
  const Demand manager("professionnel:g", "gestion", "gestionnaire");
  CHECK_OK(may(&manager, "enregistrer", people)); // events to be recorded are such a list
  CHECK_REFUSED(may(&one.referent, "enregistrer", people), SPIE_ERROR_RIGHTS, "R002");
  CHECK_REFUSED(may(&one.referent, "enregistrer", R"([{"sujets": ["personne:zoe"]}])"), SPIE_ERROR_DOSSIER, "E005");
  CHECK_REFUSED(may(&manager, "enregistrer", R"([{"sujets": []}])"), SPIE_ERROR_DOSSIER, "E001");
  CHECK(std::string(error.where) == "/0/sujets");
  CHECK_REFUSED(may(&manager, "enregistrer", "[1]"), SPIE_ERROR_DOSSIER, "E001");
  CHECK_REFUSED(may(&manager, nullptr, aline), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(may(nullptr, "corriger", aline), SPIE_ERROR_ARGUMENT, "A001");
  CHECK(one.accesses().size() == 6); // two that were allowed, four refused
}

TEST_CASE("one text is declassified by somebody who may, and shown from then on", "[rights]") {
  Case one;
  CError &error = one.error;
  const std::string told = R"([
    {"id": "e-texte", "type": "rendez_vous", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"},
     "auteur": "a", "source": {"nom": "saisie"}, "contenu": {"id": "R-1", "etape": "tenu", "issue": "repose"}},
    {"type": "membre", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"}, "auteur": "a",
     "source": {"nom": "saisie"},
     "contenu": {"professionnel": "professionnel:p2", "role": "cip", "etape": "commence"}}])";
  CHECK_OK(spie_store_append(one.text.out(), one.text.length(), one.store.get(), told.data(), told.size(),
                             "2022-03-05T12:00:00Z", &error));
  const Demand member("professionnel:p2", "accompagnement", "membre");
  const auto shown = [&] {
    CHECK_OK(one.view(&member));
    return one.text.string().find("repose") != std::string::npos;
  };
  const auto declassify = [&](const spie_demand *who, const char *event, const char *field, const char *reason) {
    return spie_desk_declassify(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), who,
                                "personne:aline", event, field, reason, &error);
  };
  CHECK_FALSE(shown());
  CHECK_REFUSED(declassify(&member, "e-texte", "issue", nullptr), SPIE_ERROR_RIGHTS, "R002");
  CHECK_REFUSED(declassify(&one.referent, "e-texte", "lieu", nullptr), SPIE_ERROR_DOSSIER, "E005");
  CHECK_REFUSED(declassify(&one.referent, "e-texte", nullptr, nullptr), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_OK(declassify(&one.referent, "e-texte", "issue", "lu, rien de personnel"));
  const std::string made = one.text.json()["evenement"];
  CHECK(shown());
  Act back("2022-04-01");
  CHECK_OK(
      spie_dossier_correct(one.text.out(), one.text.length(), one.store.get(), made.c_str(), "{}", 2, &back, &error));
  const Demand later("professionnel:p2", "accompagnement", "membre", "2024-03-07T08:00:00Z");
  CHECK_OK(one.view(&later));
  CHECK(one.text.string().find("repose") == std::string::npos);
  CHECK_REFUSED(declassify(&one.referent, "e-texte", "issue", nullptr), SPIE_ERROR_DOSSIER, "E004");
}

TEST_CASE("who does not say what is needed sees nothing", "[rights]") {
  Case one;
  CError &error = one.error;
  const Demand curious("professionnel:p1", "curiosite", "referent"),
      early("professionnel:p1", "accompagnement", "referent", "2022-03-01T08:00:00Z");
  CHECK_REFUSED(one.view(&curious), SPIE_ERROR_RIGHTS, "R001");
  Demand nobody("", "accompagnement", "referent");
  CHECK_REFUSED(one.view(&nobody), SPIE_ERROR_RIGHTS, "R001");
  Demand other("professionnel:p1", "accompagnement", "referent");
  other.role = "pilote";
  CHECK_REFUSED(one.view(&other), SPIE_ERROR_RIGHTS, "R001");
  CHECK_REFUSED(one.view(nullptr), SPIE_ERROR_ARGUMENT, "A001");
  nobody.actor = nullptr;
  CHECK_REFUSED(one.view(&nobody), SPIE_ERROR_ARGUMENT, "A001");
  CHECK(std::string(error.where) == "demand.actor");
  other.roles = nullptr;
  CHECK_REFUSED(one.view(&other), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(one.view(&one.referent, "aline"), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(one.view(&one.referent, "personne:zoe"), SPIE_ERROR_DOSSIER, "E005");
  const Json told = one.accesses();
  REQUIRE(told.size() == 4);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(told[i]["refus"] == (i < 3 ? "R001" : "E005"));
  CHECK_OK(one.view(&one.referent));
  CHECK_REFUSED(spie_desk_view(one.text.out(), one.text.length(), one.desk.get(), one.store.get(), &one.referent,
                               "personne:aline", "2022-04-01", "#2", &error),
                SPIE_ERROR_RIGHTS, "R001");
  CHECK_REFUSED(one.view(&early), SPIE_ERROR_DOSSIER, "E004");
  Desk none;
  CHECK_REFUSED(spie_desk_memory(none.out(), nullptr, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_desk_accesses(one.text.out(), nullptr, one.desk.get(), one.store.get(), nullptr, nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("the caller's clock bounds a journal of accesses in memory", "[rights]") {
  Case one;
  CError &error = one.error;
  std::int64_t now = 1'648'800'000'000; // 2022-04-01T08:00:00Z, by hand: 19,083 days and eight hours
  spie_store_options options = SPIE_STORE_OPTIONS_INIT;
  options.maintenant = [](void *context) { return *static_cast<std::int64_t *>(context); };
  options.context = &now;
  Desk desk;
  CHECK_OK(spie_desk_memory(desk.out(), the_pack(), &options, &error));
  const auto view = [&](const char *when) {
    const Demand asked("professionnel:p1", "accompagnement", "referent", when);
    return spie_desk_view(one.text.out(), one.text.length(), desk.get(), one.store.get(), &asked, "personne:aline",
                          "2022-04-01", nullptr, &error);
  };
  CHECK_OK(view("2022-04-01T08:00:00Z"));
  CHECK_REFUSED(view("2022-04-02T08:00:01Z"), SPIE_ERROR_DOSSIER, "E004");
}

TEST_CASE("accesses are kept in a file, under the keys of the store, as long as the pack says", "[rights]") {
  Case one;
  CError &error = one.error;
  const spie::testing::TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db-acces").string();
  Text keys, others;
  CHECK_OK(spie_store_keys(keys.out(), keys.length(), &error));
  CHECK_OK(spie_store_keys(others.out(), others.length(), &error));
  const std::string own = keys.string(), wrong = others.string();
  Desk kept;
  CHECK_OK(spie_desk_create(kept.out(), the_pack(), path.c_str(), own.data(), own.size(), nullptr, &error));
  CHECK_OK(spie_desk_view(one.text.out(), one.text.length(), kept.get(), one.store.get(), &one.referent,
                          "personne:aline", "2022-04-01", nullptr, &error));
  Desk again;
  CHECK_OK(spie_desk_open(again.out(), the_pack(), path.c_str(), own.data(), own.size(), nullptr, &error));
  const Demand officer("professionnel:dpo", "droit_acces", "delegue");
  CHECK_OK(
      spie_desk_accesses(one.text.out(), one.text.length(), again.get(), one.store.get(), &officer, nullptr, &error));
  CHECK(one.text.json().size() == 1);
  Desk refused;
  CHECK_REFUSED(spie_desk_open(refused.out(), the_pack(), path.c_str(), wrong.data(), wrong.size(), nullptr, &error),
                SPIE_ERROR_STORE, "S002");
  CHECK_REFUSED(spie_desk_create(refused.out(), the_pack(), path.c_str(), own.data(), own.size(), nullptr, &error),
                SPIE_ERROR_STORE, "S001");
  CHECK(refused.get() == nullptr);
  // Twelve months from 1 April 2022, that day included.
  CHECK_OK(spie_desk_purge(one.text.out(), one.text.length(), again.get(), "2023-04-01", &error));
  CHECK(one.text.json() == Json({{"purges", 0}}));
  CHECK_OK(spie_desk_purge(one.text.out(), one.text.length(), again.get(), "2023-04-02", &error));
  CHECK(one.text.json() == Json({{"purges", 2}})); // the view, and who asked for the list
}

TEST_CASE("dossiers are announced, counted, then erased", "[rights]") {
  Case one;
  CError &error = one.error;
  const auto left = [&] {
    CHECK_OK(spie_store_events(one.text.out(), one.text.length(), one.store.get(), "personne:aline", &error));
    return one.text.json().size();
  };
  // Two years, and thirty days' notice.
  CHECK(one.due("2024-02-03").empty());
  CHECK(one.due("2024-02-03", "personne:aline")[0]["etat"] == "conserve");
  CHECK(one.due("2024-02-04")[0] == Json({{"personne", "personne:aline"},
                                          {"dernier_contact", "2022-03-05"},
                                          {"preavis", "2024-02-04"},
                                          {"fin", "2024-03-05"},
                                          {"prevenu_le", nullptr},
                                          {"etat", "a_prevenir"}}));
  const Act notice("2024-02-04");
  CHECK_OK(spie_retention_warn(one.store.get(), "personne:aline", &notice, &error));
  CHECK(one.due("2024-03-06", "personne:aline")[0]["etat"] == "a_effacer");

  CHECK(left() == 4);
  CHECK_OK(one.erase());
  const Json done = one.text.json();
  CHECK(done["personnes"] == 1);
  CHECK(done["effacements"].size() == 1);
  CHECK(done["figees"] == Json::parse(R"([{"mesure": "entrees", "trimestre": "*", "tranche": "*", "epci": "*",
                                            "public": "tous", "effectif": 1}])"));
  CHECK(left() == 0);
  // Nobody is left: the counts stay.
  CHECK_OK(one.erase());
  CHECK(one.text.json()["personnes"] == 0);
  CHECK(one.text.json()["figees"] == done["figees"]);
  CHECK_OK(spie_retention_frozen(one.text.out(), one.text.length(), one.store.get(), &error));
  const Json frozen = one.text.json();
  CHECK(frozen["cases"] == done["figees"]);
  REQUIRE(frozen["gels"].size() == 1);
  Case early;
  CHECK_OK(early.erase(Act("2022-04-01"), "personne:aline")); // whatever her deadline
  CHECK(early.text.json()["figees"] == done["figees"]);
  Case other;
  const Act act("2024-03-06");
  const auto restore = [&](const std::string &list) {
    return spie_retention_restore(other.text.out(), other.text.length(), other.store.get(), list.data(), list.size(),
                                  &act, &other.error);
  };
  CHECK_OK(restore(frozen["gels"].dump()));
  CHECK(other.text.json()["gels"] == 1);
  CHECK_OK(restore(frozen["gels"].dump()));
  CHECK(other.text.json()["gels"] == 0);
  CHECK_OK(spie_retention_frozen(other.text.out(), other.text.length(), other.store.get(), &other.error));
  CHECK(other.text.json()["cases"] == done["figees"]);
  CHECK(restore("[1]") == SPIE_ERROR_RIGHTS);
  CHECK(std::string(other.error.code) == "R003");
  CHECK_REFUSED(one.erase(Act("2024-03-06"), "personne:aline"), SPIE_ERROR_DOSSIER, "E005"); // she is gone
  CHECK_REFUSED(
      spie_retention_due(one.text.out(), nullptr, one.store.get(), the_pack(), "personne:zoe", "2024-03-06", &error),
      SPIE_ERROR_DOSSIER, "E005");
  CHECK_REFUSED(spie_retention_warn(one.store.get(), "personne:zoe", &notice, &error), SPIE_ERROR_DOSSIER, "E005");
}
