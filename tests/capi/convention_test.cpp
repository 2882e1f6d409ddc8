#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

const std::string ledger_csv =
    "id;date;action;nature;libelle;fournisseur;montant;axe;date_paiement;piece;necessaire;cofinancement;"
    "montant_cofinance\n"
    "D-1;2022-04-11;concertation_usagers;ingenierie;Ateliers;Atelier;18 000,00;1;2022-05-20;F-1;;;\n"
    "D-2;2023-03-02;aide_conduite_changement;offre_directe;Permis;École;1 450,00;2;2023-03-20;F-2;oui;;\n"
    "D-3;2023-05-30;coordination_action;communication;Affiches;Imprimerie;980,00;;;;;;\n"
    "D-4;31/02/2023;coordination_action;coordination;Date;Personne;100,00;1;;;oui;;\n";
const std::string payments_csv = "date,montant,libelle\n2022-03-24,297600.00,Premier versement\n";
const std::string facts = R"({"date_signature": {"@date": "2022-03-10"}})";

struct Read {
  Ledger ledger;
  Payments payments;
  CError error;
  Read() {
    CHECK_OK(spie_ledger_read(ledger.out(), the_pack(), ledger_csv.data(), ledger_csv.size(), nullptr, &error));
    CHECK_OK(spie_payments_read(payments.out(), payments_csv.data(), payments_csv.size(), nullptr, &error));
  }
};

} // namespace

TEST_CASE("a ledger says what it read and what it refused") {
  Read read;
  CError error;
  Text text;
  CHECK_OK(spie_ledger_json(text.out(), text.length(), read.ledger.get(), &error));
  const Json ledger = text.json();
  CHECK(ledger["depenses"].size() == 3);
  CHECK(ledger["depenses"][0]["montant"] == "18000.00");
  CHECK(ledger["lecture"]["recus"] == 4);
  CHECK(ledger["lecture"]["lus"] == 3);
  CHECK(ledger["lecture"]["refuses_total"] == 1);
  CHECK_OK(spie_payments_json(text.out(), text.length(), read.payments.get(), &error));
  CHECK(text.json()["versements"][0]["montant"] == "297600.00");
}

TEST_CASE("a ledger may be JSON, or windows-1252") {
  CError error;
  Text text;
  const std::string json = R"([{"id": "D-1", "date": "2022-04-11", "action": "concertation_usagers",
    "nature": "ingenierie", "libelle": "Ateliers", "fournisseur": "Atelier", "montant": 18000.5}])";
  Ledger from_json;
  CHECK_OK(spie_ledger_read(from_json.out(), the_pack(), json.data(), json.size(), nullptr, &error));
  CHECK_OK(spie_ledger_json(text.out(), text.length(), from_json.get(), &error));
  CHECK(text.json()["depenses"][0]["montant"] == "18000.50");

  std::string latin = ledger_csv;
  latin.replace(latin.find("École"), std::strlen("École"),
                "\xC9"
                "cole");
  spie_read_options options = SPIE_READ_OPTIONS_INIT;
  options.windows_1252 = 1;
  options.separator = ';';
  options.name = "grand-livre.csv";
  Ledger from_latin;
  CHECK_OK(spie_ledger_read(from_latin.out(), the_pack(), latin.data(), latin.size(), &options, &error));
  CHECK_OK(spie_ledger_json(text.out(), text.length(), from_latin.get(), &error));
  CHECK(text.json()["depenses"][1]["fournisseur"] == "École");
  CHECK(text.json()["lecture"]["fichier"] == "grand-livre.csv");
  options.separator = 'x';
  Ledger refused;
  CHECK_REFUSED(spie_ledger_read(refused.out(), the_pack(), latin.data(), latin.size(), &options, &error),
                SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("a ledger is read within the limits that are given") {
  CError error;
  const auto read = [&](const spie_limits &limits) {
    Ledger ledger;
    spie_read_options options = SPIE_READ_OPTIONS_INIT;
    options.limits = &limits;
    const bool whole =
        spie_ledger_read(ledger.out(), the_pack(), ledger_csv.data(), ledger_csv.size(), &options, &error) == SPIE_OK;
    return whole ? std::string("read") : std::string(error.code) + " " + error.remedy;
  };
  spie_limits limits = SPIE_LIMITS_INIT;
  CHECK(read(limits) == "read");
  limits.list_size = 4;
  limits.milliseconds = 86'400'000; // a day
  CHECK(read(limits) == "read");
  limits.list_size = 3;
  CHECK_THAT(read(limits), Catch::StartsWith("C006") && Catch::Contains("list_size"));
  limits = SPIE_LIMITS_INIT;
  limits.bytes = 100;
  CHECK_THAT(read(limits), Catch::StartsWith("C006") && Catch::Contains("bytes"));
  limits = SPIE_LIMITS_INIT;
  limits.steps = 20;
  CHECK_THAT(read(limits), Catch::StartsWith("C006") && Catch::Contains("steps"));
}

TEST_CASE("a ledger that is no ledger is refused as a whole") {
  CError error;
  Ledger ledger;
  const auto refused = [&](std::string_view bytes, spie_status status, const char *code) {
    CAPTURE(bytes.substr(0, 40));
    CHECK_REFUSED(spie_ledger_read(ledger.out(), the_pack(), bytes.data(), bytes.size(), nullptr, &error), status,
                  code);
    CHECK(ledger.get() == nullptr);
  };
  refused("a;b;c\n1;2;3\n", SPIE_ERROR_LEDGER, "C001");
  refused(std::string_view("\xFF\xFEi\0d\0", 6), SPIE_ERROR_LEDGER, "C008");
  refused("[{", SPIE_ERROR_JSON, "J001");
  CHECK_REFUSED(spie_ledger_read(ledger.out(), nullptr, "", 0, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_ledger_read(ledger.out(), the_pack(), nullptr, 4, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("the statement adds up to the sum of its lines") {
  Read read;
  CError error;
  Text text;
  CHECK_OK(spie_convention_statement(text.out(), text.length(), the_pack(), read.ledger.get(), read.payments.get(),
                                     "2023-12-31", nullptr, SPIE_FORMAT_JSON, &error));
  const Json statement = text.json();
  CHECK(statement["depenses_eligibles"] == "18000.00");
  CHECK(statement["montant_indetermine"] == "980.00");
  CHECK(statement["cout_total"] == "20430.00");
  CHECK(statement["verse"] == "297600.00");
  CHECK(statement["lignes"].size() == 3);
  CHECK(statement["lignes"][1]["verdict"] == "ecartee");

  CHECK_OK(spie_convention_statement(text.out(), text.length(), the_pack(), read.ledger.get(), nullptr, "2023-12-31",
                                     nullptr, SPIE_FORMAT_JSON, &error));
  CHECK(text.json()["verse"] == "0.00");

  CHECK_OK(spie_convention_statement(text.out(), text.length(), the_pack(), read.ledger.get(), read.payments.get(),
                                     "2023-12-31", nullptr, SPIE_FORMAT_CSV, &error));
  CHECK_THAT(text.string(), Catch::Contains("18000,00") && Catch::Contains("\r\n"));
  CHECK_OK(spie_convention_statement(text.out(), text.length(), the_pack(), read.ledger.get(), read.payments.get(),
                                     "2023-12-31", nullptr, SPIE_FORMAT_CSV_TOTALS, &error));
  CHECK_THAT(text.string(), Catch::Contains("part_etat"));
}

TEST_CASE("the readings of the convention are parameters of the statement") {
  Read read;
  CError error;
  Text text;
  const auto cap = [&](const std::string &parameters) -> std::string {
    spie_convention_options options = SPIE_CONVENTION_OPTIONS_INIT;
    options.parameters = parameters.data();
    options.parameters_length = parameters.size();
    CHECK_OK(spie_convention_statement(text.out(), text.length(), the_pack(), read.ledger.get(), read.payments.get(),
                                       "2023-12-31", &options, SPIE_FORMAT_JSON, &error));
    return text.json()["plafond_frais_generaux"];
  };
  CHECK(cap(R"({"base_plafond_frais": "cout_reel"})") == "3064.50");
  CHECK(cap(R"({"base_plafond_frais": "budget"})") == "93000.00");
}

TEST_CASE("the budget follows the reading that is asked for, and says what the text writes") {
  CError error;
  Text text;
  const std::string parameters = R"({"lecture_salaires_annexe_c": "calcul_ecrit"})";
  spie_convention_options options = SPIE_CONVENTION_OPTIONS_INIT;
  options.parameters = parameters.data();
  options.parameters_length = parameters.size();
  CHECK_OK(spie_convention_budget(text.out(), text.length(), the_pack(), &options, SPIE_FORMAT_JSON, &error));
  CHECK(text.json()["total"] == "600000.00");
  CHECK(text.json()["total_ecrit"] == "620000.00");
  CHECK(text.json()["lignes"][2]["montant"] == "335000.00");
}

TEST_CASE("what was paid back lowers what was paid, and a statement tells its other readings") {
  Read read;
  CError error;
  Text text;
  const std::string csv =
      "date;montant;libelle;sens\n2022-03-24;100,00;a;versement\n2022-05-01;30,00;b;remboursement\n";
  Payments payments;
  CHECK_OK(spie_payments_read(payments.out(), csv.data(), csv.size(), nullptr, &error));
  CHECK_OK(spie_convention_statement(text.out(), text.length(), the_pack(), read.ledger.get(), payments.get(),
                                     "2023-12-31", nullptr, SPIE_FORMAT_JSON, &error));
  const Json statement = text.json();
  CHECK(statement["verse"] == "70.00");
  CHECK(statement["rembourse"] == "30.00");
  CHECK(statement["autres_lectures"].size() == 3);
  CHECK(statement["constats"][0]["code"] == "P020");
}

TEST_CASE("budget, control and schedule come as JSON and as CSV") {
  Read read;
  CError error;
  Text text;
  CHECK_OK(spie_convention_budget(text.out(), text.length(), the_pack(), nullptr, SPIE_FORMAT_JSON, &error));
  CHECK(text.json()["total"] == "620000.00");
  CHECK(!text.json()["constats"].empty());
  CHECK_OK(spie_convention_budget(text.out(), text.length(), the_pack(), nullptr, SPIE_FORMAT_CSV, &error));
  CHECK_THAT(text.string(), Catch::Contains("620000,00"));

  CHECK_OK(spie_convention_control(text.out(), text.length(), the_pack(), read.ledger.get(), read.payments.get(), 2022,
                                   nullptr, SPIE_FORMAT_JSON, &error));
  CHECK(text.json()["verse"] == "297600.00");
  CHECK(text.json()["conforme"] == false);
  CHECK_OK(spie_convention_control(text.out(), text.length(), the_pack(), read.ledger.get(), nullptr, 2022, nullptr,
                                   SPIE_FORMAT_CSV, &error));
  CHECK_THAT(text.string(), Catch::Contains("conforme;oui"));
  CHECK_OK(spie_convention_control(text.out(), text.length(), the_pack(), read.ledger.get(), nullptr,
                                   SPIE_CONTROL_FINAL, nullptr, SPIE_FORMAT_JSON, &error));
  CHECK(text.json()["final"] == true);
  CHECK(text.json()["date"] == "2023-12-31");
  CHECK(text.json()["depassement_maximum"] == "0.00");
  CHECK_REFUSED(spie_convention_control(text.out(), text.length(), the_pack(), read.ledger.get(), nullptr, 2024,
                                        nullptr, SPIE_FORMAT_JSON, &error),
                SPIE_ERROR_ARGUMENT, "A001");

  spie_convention_options options = SPIE_CONVENTION_OPTIONS_INIT;
  options.facts = facts.data();
  options.facts_length = facts.size();
  CHECK_OK(spie_convention_schedule(text.out(), text.length(), the_pack(), "2022-04-01", &options, SPIE_FORMAT_JSON,
                                    &error));
  bool late = false;
  const Json schedule = text.json();
  for (const Json &duty : schedule["echeances"])
    late = late || (duty["id"] == "premier-versement" && duty["date"] == "2022-03-25" && duty["etat"] == "en_retard");
  CHECK(late);
  CHECK_OK(
      spie_convention_schedule(text.out(), text.length(), the_pack(), "2022-04-01", &options, SPIE_FORMAT_CSV, &error));
  CHECK_THAT(text.string(), Catch::Contains("premier-versement;"));

  const int32_t format = GENERATE(int32_t{SPIE_FORMAT_CSV_TOTALS}, 3, -1, INT32_MAX);
  CHECK_REFUSED(spie_convention_budget(text.out(), text.length(), the_pack(), nullptr, format, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK(text.get() == nullptr);
}

TEST_CASE("misuse of the convention is refused") {
  Read read;
  CError error;
  Text text;
  CHECK_REFUSED(spie_convention_statement(text.out(), text.length(), the_pack(), nullptr, nullptr, "2023-12-31",
                                          nullptr, 0, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_convention_statement(text.out(), text.length(), the_pack(), read.ledger.get(), nullptr,
                                          "31/12/2023", nullptr, 0, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_convention_control(text.out(), text.length(), the_pack(), read.ledger.get(), nullptr, -5, nullptr,
                                        0, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_convention_schedule(text.out(), text.length(), nullptr, "2023-12-31", nullptr, 0, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_convention_budget(nullptr, nullptr, the_pack(), nullptr, 0, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_ledger_json(text.out(), text.length(), nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_payments_json(text.out(), text.length(), nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");

  spie_convention_options options = SPIE_CONVENTION_OPTIONS_INIT;
  const std::string unknown = R"({"date_signatur": null})";
  options.facts = unknown.data();
  options.facts_length = unknown.size();
  CHECK_REFUSED(spie_convention_schedule(text.out(), text.length(), the_pack(), "2023-12-31", &options, 0, &error),
                SPIE_ERROR_PACK, "P015");
}

TEST_CASE("a pack without a budget says so") {
  CError error;
  Text text;
  Pack pack;
  CHECK_OK(spie_pack_load(pack.out(), (packs + "socle-national").c_str(), nullptr, &error));
  CHECK_REFUSED(spie_convention_budget(text.out(), text.length(), pack.get(), nullptr, 0, &error), SPIE_ERROR_PACK,
                "P001");
}
