// Stores and dossiers through the C interface. What they mean is tested in tests/dossier and tests/store; here, what
// crosses, who owns it, and what is refused.
#include "tests/capi/c_api.hpp"
#include "tests/temporary.hpp"

#include <thread>
#include <vector>

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;

const std::string people = R"([
  {"id": "e-1", "type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "a",
   "source": {"nom": "saisie"}, "contenu": {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": "1990-05-04"}},
  {"id": "e-2", "type": "adresse", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "a",
   "source": {"nom": "saisie"}, "contenu": {"commune": "Provins"}},
  {"id": "e-3", "type": "adresse", "sujets": ["personne:driss"], "effet": {"debut": "2022-01-01"}, "auteur": "a",
   "source": {"nom": "carnet"}, "contenu": {"commune": "Nangis"}}])";

struct Act : spie_act {
  explicit Act(const char *at, const char *why = nullptr) : spie_act SPIE_ACT_INIT {
    author = "conseillère";
    recorded_at = at;
    reason = why;
  }
};

struct Case {
  Store store;
  Text text;
  CError error;

  explicit Case(const std::string &events = people) {
    CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
    CHECK_OK(append(events, "2022-03-05T12:00:00Z"));
  }
  spie_status append(const std::string &events, const char *at) {
    return spie_store_append(text.out(), text.length(), store.get(), events.data(), events.size(), at, &error);
  }
  // "Provins" as the situation has it; "-" when it has no such fact.
  std::string value(const char *subject, const char *date, const char *path, const char *known = nullptr) {
    CHECK_OK(spie_dossier_situation(text.out(), text.length(), store.get(), subject, date, known, nullptr, &error));
    const Json found = text.json();
    for (const Json &fact : found["faits"])
      if (fact["chemin"] == path)
        return fact["valeur"].is_string() ? fact["valeur"].get<std::string>() : fact["valeur"].dump();
    return "-";
  }
};

} // namespace

TEST_CASE("events go in and the situation of a day comes out", "[store]") {
  Case one;
  CError &error = one.error;
  const Json recorded = one.text.json();
  REQUIRE(recorded.size() == 3);
  CHECK(recorded[2] == Json({{"id", "e-3"}, {"seq", 3}}));
  CHECK(one.value("personne:aline", "2022-02-01", "adresse.commune") == "Provins");
  CHECK(one.value("personne:aline", "2022-02-01", "identite.date_naissance") == R"({"@date":"1990-05-04"})");
  CHECK(one.value("personne:aline", "2021-12-31", "adresse.commune") == "-");
  CHECK(one.value("personne:aline", "2022-02-01", "adresse.commune", "2022-03-04") == "-");
  CHECK(one.value("personne:aline", "2022-02-01", "adresse.commune", "#2") == "Provins");
  CHECK_OK(spie_dossier_values(one.text.out(), one.text.length(), one.store.get(), "personne:aline", "2022-02-01",
                               nullptr, the_pack(), &error));
  CHECK(one.text.json()["identite"]["nom"] == "EXEMPLE");

  CHECK_OK(spie_store_events(one.text.out(), one.text.length(), one.store.get(), "personne:aline", &error));
  CHECK(one.text.json().size() == 2);
  CHECK_OK(spie_store_events(one.text.out(), one.text.length(), one.store.get(), "personne:zoe", &error));
  CHECK(one.text.json() == Json::array());
  CHECK_OK(spie_store_event(one.text.out(), one.text.length(), one.store.get(), "e-2", &error));
  CHECK(one.text.json()["enregistre"] == "2022-03-05T12:00:00.000Z");
  CHECK(one.text.json()["contenu"]["commune"] == "Provins");
}

TEST_CASE("a correction, its history, and what it changes", "[store]") {
  Case one;
  CError &error = one.error;
  const std::string change = R"({"contenu": {"commune": "Melun"}, "effet": null})";
  const Act act("2022-04-01T10:00:00+02:00", "faute de frappe");
  CHECK_OK(spie_dossier_correct(one.text.out(), one.text.length(), one.store.get(), "e-2", change.data(), change.size(),
                                &act, &error));
  const std::string correction = one.text.json()["evenement"];
  CHECK(one.value("personne:aline", "2022-02-01", "adresse.commune") == "Melun");
  CHECK(one.value("personne:aline", "2022-02-01", "adresse.commune", "2022-03-31") == "Provins"); // not known yet
  CHECK_OK(spie_dossier_history(one.text.out(), one.text.length(), one.store.get(), "personne:aline", "adresse.commune",
                                nullptr, &error));
  const Json said = one.text.json();
  REQUIRE(said.size() == 2);
  CHECK(said[0]["valeur"] == "Provins");
  CHECK(said[0]["corrige_par"] == correction);
  CHECK(said[1]["corrige"] == "e-2");
  CHECK(said[1]["corrige_par"].is_null());
  CHECK_OK(spie_dossier_compare(one.text.out(), one.text.length(), one.store.get(), "personne:aline", "2021-12-31",
                                nullptr, "2022-02-01", "2022-03-05", nullptr, &error));
  CHECK(one.text.json().size() == 4);
  CHECK(one.text.json()[0]["avant"].is_null());

  // The effect alone keeps the content; nothing at all retracts.
  const std::string later = R"({"effet": {"debut": "2022-02-15"}})";
  CHECK_OK(spie_dossier_correct(one.text.out(), one.text.length(), one.store.get(), correction.c_str(), later.data(),
                                later.size(), &act, &error));
  const std::string moved = one.text.json()["evenement"];
  CHECK(one.value("personne:aline", "2022-02-14", "adresse.commune") == "-");
  CHECK(one.value("personne:aline", "2022-02-15", "adresse.commune") == "Melun");
  CHECK_REFUSED(spie_dossier_correct(one.text.out(), one.text.length(), one.store.get(), "e-2", change.data(),
                                     change.size(), &act, &error),
                SPIE_ERROR_DOSSIER, "E003");
  CHECK_OK(spie_dossier_correct(one.text.out(), one.text.length(), one.store.get(), moved.c_str(), nullptr, 0, &act,
                                &error));
  CHECK(one.value("personne:aline", "2022-03-01", "adresse.commune") == "-");
}

TEST_CASE("two dossiers become one and two again", "[store]") {
  Case one;
  CError &error = one.error;
  const Act act("2022-04-01T10:00:00Z", "vue en entretien");
  CHECK_OK(spie_dossier_merge(one.text.out(), one.text.length(), one.store.get(), "personne:aline", "personne:driss",
                              &act, &error));
  const std::string merge = one.text.json()["evenement"];
  CHECK_REFUSED(spie_dossier_merge(one.text.out(), one.text.length(), one.store.get(), "personne:aline",
                                   "personne:driss", &act, &error),
                SPIE_ERROR_DOSSIER, "E007");
  CHECK_OK(one.append(R"([{"id": "e-9", "type": "frein", "sujets": ["personne:aline"], "effet": {"debut": "2022-05-01"},
                          "auteur": "a", "source": {"nom": "saisie"}, "contenu": {"code": "sante", "reponse": "oui"}}])",
                      "2022-05-01T10:00:00Z"));
  CHECK(one.value("personne:driss", "2022-05-01", "frein.sante.reponse") == "oui");
  CHECK_OK(spie_dossier_merged_since(one.text.out(), one.text.length(), one.store.get(), merge.c_str(), &error));
  REQUIRE(one.text.json().size() == 1);
  CHECK(one.text.json()[0]["id"] == "e-9");
  const Act later("2022-06-01T10:00:00Z");
  CHECK_REFUSED(spie_dossier_unmerge(one.store.get(), merge.c_str(), "[]", 2, &later, &error), SPIE_ERROR_DOSSIER,
                "E007");
  const std::string wrong = R"([{"evenement": "e-9", "dossier": "aline"}])";
  CHECK_REFUSED(spie_dossier_unmerge(one.store.get(), merge.c_str(), wrong.data(), wrong.size(), &later, &error),
                SPIE_ERROR_DOSSIER, "E001");
  CHECK(std::string(error.where) == "/0/dossier");
  const std::string given = R"([{"evenement": "e-9", "dossier": "personne:driss"}])";
  CHECK_OK(spie_dossier_unmerge(one.store.get(), merge.c_str(), given.data(), given.size(), &later, &error));
  CHECK(one.value("personne:driss", "2022-06-01", "frein.sante.reponse") == "oui");
  CHECK(one.value("personne:aline", "2022-06-01", "frein.sante.reponse") == "-");
}

TEST_CASE("an attachment is undone", "[store]") {
  Case one(R"([
    {"id": "r-1", "type": "rattachement", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "i",
     "source": {"nom": "caf.vrsb", "cle": "K1"}, "contenu": {"cle": "K1", "regle": "nir"}},
    {"id": "r-2", "type": "adresse", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "i",
     "source": {"nom": "caf.vrsb", "cle": "K1"}, "contenu": {"commune": "Nangis"}}])");
  CError &error = one.error;
  const Act act("2022-04-01T10:00:00Z");
  CHECK_OK(spie_dossier_detach(one.text.out(), one.text.length(), one.store.get(), "r-1", &act, &error));
  const std::string apart = one.text.json()["dossier"];
  CHECK(one.value(apart.c_str(), "2022-04-01", "adresse.commune") == "Nangis");
  CHECK_REFUSED(spie_dossier_detach(one.text.out(), one.text.length(), one.store.get(), "r-2", &act, &error),
                SPIE_ERROR_DOSSIER, "E005");
}

TEST_CASE("dossiers are found by name, whatever its accents", "[store]") {
  Case one;
  CError &error = one.error;
  const auto find = [&](const char *key, const char *value, size_t limit = 0) {
    CHECK_OK(spie_dossier_find(one.text.out(), one.text.length(), one.store.get(), key, value, limit, &error));
    return one.text.json();
  };
  CHECK(find("nom", "exem") == Json::array({"personne:aline"}));
  CHECK(find("nom", "Éxemple") == Json::array({"personne:aline"}));
  CHECK(find("nom", "zorglub") == Json::array());
  CHECK(find("siret", "00000000000000") == Json::array());
  // Of a merged dossier, the one that holds.
  const Act act("2022-04-01T10:00:00Z");
  CHECK_OK(
      spie_dossier_merge(one.text.out(), nullptr, one.store.get(), "personne:driss", "personne:aline", &act, &error));
  CHECK(find("nom", "EXEMPLE") == Json::array({"personne:driss"}));
  for (const auto &[key, value] : {std::pair("nir", "123"), std::pair("nom", " - "), std::pair("siret", "")})
    CHECK_REFUSED(spie_dossier_find(one.text.out(), nullptr, one.store.get(), key, value, 0, &error),
                  SPIE_ERROR_DOSSIER, "E005");
}

TEST_CASE("an erasure leaves a chain that verifies", "[store]") {
  Case one;
  CError &error = one.error;
  CHECK_OK(spie_store_head(one.text.out(), one.text.length(), one.store.get(), &error));
  const std::string head = one.text.json()["maillon"];
  CHECK(head.size() == 64);
  const Act act("2022-04-01T10:00:00Z", "à sa demande");
  CHECK_OK(spie_dossier_erase(one.text.out(), one.text.length(), one.store.get(), "personne:aline", &act, &error));
  CHECK(one.text.json().size() == 1);
  CHECK(one.text.json()[0]["evenements"] == 2);
  CHECK_REFUSED(spie_dossier_situation(one.text.out(), nullptr, one.store.get(), "personne:aline", "2022-04-01",
                                       nullptr, nullptr, &error),
                SPIE_ERROR_DOSSIER, "E005");
  CHECK_OK(spie_store_verify(one.text.out(), one.text.length(), one.store.get(), head.c_str(), &error));
  const Json proof = one.text.json();
  CHECK(proof["intact"] == true);
  CHECK(proof["effaces"] == 2);
  CHECK(proof["tete_trouvee"] == true);
  CHECK(proof["constats"] == Json::array());
  CHECK_OK(spie_store_verify(one.text.out(), one.text.length(), one.store.get(), std::string(64, 'a').c_str(), &error));
  CHECK(one.text.json()["intact"] == false);
  CHECK(one.text.json()["constats"][0]["code"] == "S007");
  CHECK_OK(spie_store_verify(one.text.out(), one.text.length(), one.store.get(), nullptr, &error));
  CHECK(one.text.json()["tete_trouvee"].is_null());
  CHECK_REFUSED(spie_store_verify(one.text.out(), nullptr, one.store.get(), "abc", &error), SPIE_ERROR_STORE, "S007");
  CHECK_OK(spie_store_scrub(one.store.get(), &error));
}

TEST_CASE("a store in a file: keys, backup, erasures replayed", "[store]") {
  const spie::testing::TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db").string(), copy = (folder.path() / "copie.db").string();
  CError error;
  Text text;
  CHECK_OK(spie_store_keys(text.out(), text.length(), &error));
  const std::string keys = text.string();
  spie_store_options options = SPIE_STORE_OPTIONS_INIT;
  options.busy_ms = -1;
  const auto open = [&](Store &store, const std::string &at, const std::string &with) {
    return spie_store_open(store.out(), at.c_str(), with.data(), with.size(), &options, &error);
  };
  Text erased;
  {
    Store store;
    CHECK_REFUSED(open(store, path, keys), SPIE_ERROR_STORE, "S001");
    CHECK(store.get() == nullptr);
    CHECK_OK(spie_store_create(store.out(), path.c_str(), keys.data(), keys.size(), nullptr, &error));
    CHECK_OK(spie_store_append(text.out(), nullptr, store.get(), people.data(), people.size(), "2022-03-05T12:00:00Z",
                               &error));
    CHECK_OK(spie_store_backup(store.get(), copy.c_str(), &error));
    CHECK_REFUSED(spie_store_backup(store.get(), copy.c_str(), &error), SPIE_ERROR_STORE, "S001");
    const Act act("2022-04-01T10:00:00Z");
    CHECK_OK(spie_dossier_erase(text.out(), nullptr, store.get(), "personne:driss", &act, &error));
    CHECK_OK(spie_store_erasures(erased.out(), erased.length(), store.get(), &error));
    // New keys.
    CHECK_OK(spie_store_rotate_keys(text.out(), text.length(), keys.data(), keys.size(), &error));
    const std::string next = text.string();
    CHECK_OK(spie_store_adopt_keys(store.get(), next.data(), next.size(), &error));
    Store again;
    CHECK_REFUSED(open(again, path, keys), SPIE_ERROR_STORE, "S002");
    CHECK_OK(open(again, path, next));
  }
  Store restored;
  CHECK_OK(open(restored, copy, keys));
  const std::string list = erased.string();
  const auto replay = [&](const std::string &given) {
    return spie_store_replay(text.out(), text.length(), restored.get(), given.data(), given.size(), "dpo",
                             "2022-04-02T10:00:00Z", &error);
  };
  CHECK_OK(replay(list));
  CHECK(text.json()["effacements"] == 1);
  CHECK_OK(replay(list));
  CHECK(text.json()["effacements"] == 0);
  CHECK_REFUSED(replay(R"(["abc"])"), SPIE_ERROR_DOSSIER, "E001");
  CHECK_REFUSED(replay(R"([{"jeton": "abc"}])"), SPIE_ERROR_DOSSIER, "E005");
}

TEST_CASE("what is not an event is refused with its place", "[store]") {
  Case one;
  CError &error = one.error;
  const auto refused = [&](const std::string &event) {
    one.append("[" + event + "]", "2022-03-06T12:00:00Z");
    return std::string(error.code) + " " + error.where;
  };
  const std::string rest = R"("sujets": ["personne:x"], "effet": {"debut": "2022-01-01"}, "source": {"nom": "s"})";
  CHECK(refused("{\"type\": \"adresse\", \"contenu\": {\"comune\": \"Melun\"}, " + rest + "}") ==
        "E001 /0/contenu/comune");
  CHECK(refused("{\"type\": \"adrese\", \"contenu\": {}, " + rest + "}") == "E002 /0/type");
  CHECK(refused("{\"type\": \"adresse\", \"contenu\": {}, \"seq\": 4, " + rest + "}") == "E001 /0/seq");
  CHECK(refused("{\"type\": \"adresse\", \"contenu\": {}, \"id\": \"e-1\", " + rest + "}") == "E006 /0/id");
  CHECK(refused("{\"type\": \"droit_rsa\", \"contenu\": {\"etat\": \"2\"}, " + rest + "}") == "E001 /0/sujets/0");
  CHECK(refused("3") == "E001 /0");
  CHECK_REFUSED(one.append("{}", "2022-03-06T12:00:00Z"), SPIE_ERROR_JSON, "J002");
  CHECK_REFUSED(one.append("[", "2022-03-06T12:00:00Z"), SPIE_ERROR_JSON, "J001");
  CHECK_REFUSED(one.append("[{\"type\": \"adresse\", \"contenu\": {}, " + rest + "}]", "2022-03-01T12:00:00Z"),
                SPIE_ERROR_DOSSIER, "E004");
  CHECK_REFUSED(one.append("[]", "2022-03-06"), SPIE_ERROR_ARGUMENT, "A001");
  CHECK(one.text.get() == nullptr);
}

TEST_CASE("what is not asked as it should be is refused by name", "[store]") {
  Case one;
  CError &error = one.error;
  const auto situation = [&](spie_store *store, const char *subject, const char *date, const char *known) {
    spie_dossier_situation(one.text.out(), nullptr, store, subject, date, known, nullptr, &error);
    return std::string(error.code) + " " + error.where;
  };
  CHECK(situation(nullptr, "personne:aline", "2022-01-01", nullptr) == "A001 store");
  CHECK(situation(one.store.get(), "aline", "2022-01-01", nullptr) == "A001 subject");
  CHECK(situation(one.store.get(), "personne:aline", "hier", nullptr) == "A001 date");
  CHECK(situation(one.store.get(), "personne:aline", "2022-01-01", "hier") == "A001 known");
  CHECK(situation(one.store.get(), "personne:zoe", "2022-01-01", nullptr).starts_with("E005"));
  Act act("2022-04-01");
  CHECK_REFUSED(spie_dossier_erase(one.text.out(), nullptr, one.store.get(), "personne:aline", &act, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  act = Act("2022-04-01T10:00:00Z");
  act.author = nullptr;
  CHECK_REFUSED(spie_dossier_erase(one.text.out(), nullptr, one.store.get(), "personne:aline", &act, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_dossier_erase(one.text.out(), nullptr, one.store.get(), "personne:aline", nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  Store none;
  CHECK_REFUSED(spie_store_open(none.out(), "/nulle/part.db", "{}", 2, nullptr, &error), SPIE_ERROR_STORE, "S002");
  spie_store_free(nullptr);
}

TEST_CASE("the types of events come with the schemas of their payloads", "[store]") {
  CError error;
  Text text;
  CHECK_OK(spie_event_types(text.out(), text.length(), &error));
  const Json types = text.json();
  CHECK(types.size() > 30);
  CHECK(types[0]["nom"] == "identite");
  CHECK(types[0]["genre"] == "personne");
  CHECK(types[0]["schema"]["required"] == Json::array({"nom", "prenom"}));
  for (const Json &type : types)
    if (type["nom"] == "revenu")
      CHECK(type["cle"] == Json::array({"nature", "mois"}));
}

TEST_CASE("threads that share a store wait for each other", "[store][threads]") {
  Case one;
  CError &error = one.error;
  std::vector<std::thread> threads;
  std::vector<int> failures(4);
  for (int &failed : failures)
    threads.emplace_back([&one, &failed] {
      for (int i = 0; i < 25; ++i) {
        const std::string event =
            R"([{"type": "contact", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "a",
                 "source": {"nom": "saisie"}, "contenu": {}}])";
        Text text;
        CError own;
        failed += spie_store_append(text.out(), nullptr, one.store.get(), event.data(), event.size(),
                                    "2022-03-06T12:00:00Z", &own) != SPIE_OK;
        failed += spie_dossier_situation(text.out(), nullptr, one.store.get(), "personne:aline", "2022-03-06", nullptr,
                                         nullptr, &own) != SPIE_OK;
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  CHECK(failures == std::vector<int>(4));
  CHECK_OK(spie_store_verify(one.text.out(), one.text.length(), one.store.get(), nullptr, &error));
  CHECK(one.text.json()["intact"] == true);
  CHECK(one.text.json()["evenements"] == 103);
}

TEST_CASE("the caller's clock bounds what is recorded, and a store that got an instant to come is mended", "[store]") {
  const spie::testing::TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db").string();
  CError error;
  Text text;
  CHECK_OK(spie_store_keys(text.out(), text.length(), &error));
  const std::string keys = text.string();
  std::int64_t now = 1'796'000'000'000; // 2026-11-30
  spie_store_options options = SPIE_STORE_OPTIONS_INIT;
  options.maintenant = [](void *context) { return *static_cast<std::int64_t *>(context); };
  options.context = &now;
  Store store;
  CHECK_OK(spie_store_create(store.out(), path.c_str(), keys.data(), keys.size(), &options, &error));
  const auto append = [&](const char *at) {
    return spie_store_append(text.out(), text.length(), store.get(), people.data(), people.size(), at, &error);
  };
  CHECK_REFUSED(append("2999-01-01T00:00:00Z"), SPIE_ERROR_DOSSIER, "E004");
  now = 32'472'144'000'000; // 2999-01-01
  CHECK_OK(append("2999-01-01T00:00:00Z"));
  now = 1'796'000'000'000;
  const Act wrong("2020-01-01T00:00:00Z"), right("2026-11-30T12:00:00Z");
  CHECK_REFUSED(spie_store_mend_clock(text.out(), text.length(), store.get(), &wrong, &error), SPIE_ERROR_DOSSIER,
                "E004");
  CHECK_OK(spie_store_mend_clock(text.out(), text.length(), store.get(), &right, &error));
  CHECK(text.json()["du"] == 1);
  CHECK(text.json()["instant"] == "2026-11-30T12:00:00.000Z");
  CHECK_REFUSED(spie_store_mend_clock(text.out(), text.length(), store.get(), &right, &error), SPIE_ERROR_DOSSIER,
                "E004");
  CHECK_OK(spie_store_verify(text.out(), text.length(), store.get(), nullptr, &error));
  CHECK(text.json()["intact"] == true);
  CHECK(text.json()["journal_acces"].is_null());
}

TEST_CASE("the caller's clock bounds a store in memory as it bounds a file", "[store]") {
  CError error;
  Text text;
  std::int64_t now = 1'796'000'000'000; // 2026-11-30
  spie_store_options options = SPIE_STORE_OPTIONS_INIT;
  options.maintenant = [](void *context) { return *static_cast<std::int64_t *>(context); };
  options.context = &now;
  Store store;
  CHECK_OK(spie_store_memory(store.out(), &options, &error));
  const auto append = [&](const Store &into, const char *at) {
    const std::string one = R"([{"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-05"},
      "auteur": "a", "source": {"nom": "saisie"}, "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}}])";
    return spie_store_append(text.out(), text.length(), into.get(), one.data(), one.size(), at, &error);
  };
  CHECK_REFUSED(append(store, "2999-01-01T00:00:00Z"), SPIE_ERROR_DOSSIER, "E004");
  CHECK_OK(append(store, "2026-11-30T12:00:00Z"));
  CHECK_REFUSED(append(store, "2026-11-30T11:54:59Z"), SPIE_ERROR_DOSSIER, "E004"); // five minutes, and a second
  options.tolerance_ms = 301'000;
  Store patient;
  CHECK_OK(spie_store_memory(patient.out(), &options, &error));
  CHECK_OK(append(patient, "2026-11-30T12:00:00Z"));
  CHECK_OK(append(patient, "2026-11-30T11:54:59Z"));
}

TEST_CASE("an address names the kind of a store, and an unknown one is refused", "[store]") {
  const spie::testing::TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db").string();
  CError error;
  Text text;
  CHECK_OK(spie_store_keys(text.out(), text.length(), &error));
  const std::string keys = text.string();
  Store made, opened, none;
  CHECK_OK(spie_store_create(made.out(), ("sqlite:" + path).c_str(), keys.data(), keys.size(), nullptr, &error));
  CHECK_OK(spie_store_open(opened.out(), path.c_str(), keys.data(), keys.size(), nullptr, &error));
  CHECK_REFUSED(spie_store_open(none.out(), "sqlit:x.db", keys.data(), keys.size(), nullptr, &error), SPIE_ERROR_STORE,
                "S001");
  CHECK(std::string(error.message) == "there is no kind of store 'sqlit', did you mean 'sqlite'?");
}
