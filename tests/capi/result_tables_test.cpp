// Results as tables through the C interface, read as a program in C reads them: what the tables hold is what the JSON
// of the same result says, and what was keyed by hand.
#include "tests/capi/c_api.hpp"

#include "spie/arrow.h"

#include <cstdint>
#include <optional>
#include <vector>

using namespace capi_test;

namespace {

// A stream of one batch, and where its columns stand.
class Table {
public:
  Table() = default;
  Table(const Table &) = delete;
  Table &operator=(const Table &) = delete;
  ~Table() {
    if (batch_.release != nullptr)
      batch_.release(&batch_);
    if (schema_.release != nullptr)
      schema_.release(&schema_);
    if (stream_.release != nullptr)
      stream_.release(&stream_);
  }

  ArrowArrayStream *out() { return &stream_; }
  void read() {
    REQUIRE(stream_.release != nullptr);
    REQUIRE(stream_.get_schema(&stream_, &schema_) == 0);
    REQUIRE(stream_.get_next(&stream_, &batch_) == 0);
    REQUIRE(batch_.release != nullptr);
    ArrowArray end{};
    REQUIRE(stream_.get_next(&stream_, &end) == 0);
    CHECK(end.release == nullptr);
    stream_.release(&stream_); // what it gave stands alone
    REQUIRE(schema_.n_children == batch_.n_children);
  }

  std::int64_t rows() const { return batch_.length; }
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (std::int64_t i = 0; i < schema_.n_children; ++i)
      found.emplace_back(schema_.children[i]->name);
    return found;
  }
  std::int64_t at(const std::string &name) const {
    for (std::int64_t i = 0; i < schema_.n_children; ++i)
      if (schema_.children[i]->name == name)
        return i;
    FAIL("no column " << name);
    return -1;
  }
  std::string format(const std::string &name) const { return schema_.children[at(name)]->format; }
  bool is_null(const std::string &name, std::int64_t row) const { return is_null(column(name), row); }
  std::string text(const std::string &name, std::int64_t row) const {
    REQUIRE(format(name) == "u");
    return text(column(name), row);
  }
  // decimal128 with two decimals, written as JSON writes an amount; the numbers of the tests fit in 64 bits.
  std::string amount(const std::string &name, std::int64_t row) const {
    REQUIRE(format(name) == "d:38,2");
    const std::int64_t cents = static_cast<const std::int64_t *>(column(name).buffers[1])[2 * row];
    const std::string digits = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (digits.size() == 1 ? "0" : "") + digits;
  }
  std::int32_t day(const std::string &name, std::int64_t row) const {
    REQUIRE(format(name) == "tdD");
    return static_cast<const std::int32_t *>(column(name).buffers[1])[row];
  }
  std::int64_t whole(const std::string &name, std::int64_t row) const {
    return static_cast<const std::int64_t *>(column(name).buffers[1])[row];
  }
  bool yes(const std::string &name, std::int64_t row) const {
    REQUIRE(format(name) == "b");
    return (static_cast<const std::uint8_t *>(column(name).buffers[1])[row / 8] >> (row % 8) & 1) != 0;
  }
  std::size_t items(const std::string &name, std::int64_t row) const {
    const auto *offsets = static_cast<const std::int32_t *>(column(name).buffers[1]);
    return static_cast<std::size_t>(offsets[row + 1] - offsets[row]);
  }
  std::string metadata() const { // keys and values one after the other, without their lengths
    std::string found;
    const char *at = schema_.metadata;
    if (at == nullptr)
      return found;
    const auto number = [&at] {
      std::int32_t value = 0;
      std::memcpy(&value, at, sizeof value);
      at += sizeof value;
      return value;
    };
    for (std::int32_t left = 2 * number(); left > 0; --left) {
      const std::int32_t length = number();
      found.append(at, static_cast<std::size_t>(length)).append(";");
      at += length;
    }
    return found;
  }
  const ArrowSchema &schema() const { return schema_; }

private:
  const ArrowArray &column(const std::string &name) const { return *batch_.children[at(name)]; }
  static bool is_null(const ArrowArray &column, std::int64_t row) {
    const auto *bits = static_cast<const std::uint8_t *>(column.buffers[0]);
    return bits != nullptr && (bits[row / 8] >> (row % 8) & 1) == 0;
  }
  static std::string text(const ArrowArray &column, std::int64_t row) {
    const auto *offsets = static_cast<const std::int32_t *>(column.buffers[1]);
    return {static_cast<const char *>(column.buffers[2]) + offsets[row],
            static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
  }

  ArrowArrayStream stream_{};
  ArrowSchema schema_{};
  ArrowArray batch_{};
};

const std::string ledger_csv =
    "id;date;action;nature;libelle;fournisseur;montant;axe;date_paiement;piece;necessaire;cofinancement;"
    "montant_cofinance\n"
    "D-1;2022-04-11;concertation_usagers;ingenierie;Ateliers;Atelier;18 000,00;1;2022-05-20;F-1;;;\n"
    "D-2;2023-03-02;aide_conduite_changement;offre_directe;Permis;École;1 450,00;2;2023-03-20;F-2;oui;;\n"
    "D-3;2023-05-30;coordination_action;communication;Affiches;Imprimerie;980,00;;;;;;\n";
const std::string payments_csv = "date,montant,libelle\n2022-03-24,297600.00,Premier versement\n";
constexpr std::int32_t april_11_2022 = 19'093, may_20_2022 = 19'132; // days since 1970, by `date -d`

struct Money {
  Ledger ledger;
  Payments payments;
  CError error;
  Text text;
  Money() {
    CHECK_OK(spie_ledger_read(ledger.out(), the_pack(), ledger_csv.data(), ledger_csv.size(), nullptr, &error));
    CHECK_OK(spie_payments_read(payments.out(), payments_csv.data(), payments_csv.size(), nullptr, &error));
  }
};

} // namespace

TEST_CASE("the lines of a ledger are a table of the types that Arrow has for them") {
  Money money;
  CError &error = money.error;
  Table table;
  CHECK_OK(spie_ledger_table(table.out(), money.ledger.get(), &error));
  table.read();
  REQUIRE(table.rows() == 3);
  CHECK(table.text("id", 1) == "D-2");
  CHECK(table.text("fournisseur", 1) == "École");
  CHECK(table.amount("montant", 0) == "18000.00");
  CHECK(table.amount("montant", 2) == "980.00");
  CHECK(table.day("date", 0) == april_11_2022);
  CHECK(table.day("date_paiement", 0) == may_20_2022);
  CHECK_FALSE(table.is_null("date_paiement", 1));
  CHECK(table.is_null("date_paiement", 2));
  Table payments;
  CHECK_OK(spie_payments_table(payments.out(), money.payments.get(), &error));
  payments.read();
  CHECK(payments.names() == std::vector<std::string>{"date", "montant", "libelle", "sens"});
  CHECK(payments.amount("montant", 0) == "297600.00");
  CHECK(payments.text("sens", 0) == "versement");
}

TEST_CASE("a statement is the table of its lines, or of its totals") {
  Money money;
  CError &error = money.error;
  const std::string options_facts = R"({"date_signature": {"@date": "2022-03-10"}})";
  spie_convention_options options = SPIE_CONVENTION_OPTIONS_INIT;
  options.facts = options_facts.data();
  options.facts_length = options_facts.size();
  CHECK_OK(spie_convention_statement(money.text.out(), money.text.length(), the_pack(), money.ledger.get(),
                                     money.payments.get(), "2023-12-31", &options, SPIE_FORMAT_JSON, &error));
  const Json said = money.text.json();
  Table lines;
  CHECK_OK(spie_convention_statement_table(lines.out(), the_pack(), money.ledger.get(), money.payments.get(),
                                           "2023-12-31", &options, 0, &error));
  lines.read();
  REQUIRE(lines.rows() == static_cast<std::int64_t>(said["lignes"].size()));
  for (std::int64_t row = 0; row < lines.rows(); ++row) {
    const Json &line = said["lignes"][static_cast<std::size_t>(row)];
    CHECK(lines.text("id", row) == line["id"]);
    CHECK(lines.text("verdict", row) == line["verdict"]);
    CHECK(lines.amount("montant", row) == line["montant"]);
    CHECK(lines.amount("retenu", row) == line["retenu"]);
    CHECK(lines.items("drapeaux", row) == line["drapeaux"].size());
  }
  CHECK(lines.text("verdict", 1) == "ecartee");
  CHECK_THAT(lines.metadata(),
             Catch::Contains("pack_id;seine-et-marne-2022-2023;") && Catch::Contains("date;2023-12-31;"));
  Table totals;
  CHECK_OK(spie_convention_statement_table(totals.out(), the_pack(), money.ledger.get(), money.payments.get(),
                                           "2023-12-31", &options, 1, &error));
  totals.read();
  CHECK(totals.names().front() == "par");
  CHECK(totals.rows() == static_cast<std::int64_t>(said["par_action"].size() + said["par_nature"].size() + 1));
  CHECK(totals.text("par", 0) == "action");
  CHECK(totals.text("par", totals.rows() - 1) == "total");
  CHECK(totals.amount("retenu", totals.rows() - 1) == "18000.00");
}

TEST_CASE("the budget, the control and the schedule are tables too") {
  Money money;
  CError &error = money.error;
  CHECK_OK(
      spie_convention_budget(money.text.out(), money.text.length(), the_pack(), nullptr, SPIE_FORMAT_JSON, &error));
  const Json budget = money.text.json();
  Table lines;
  CHECK_OK(spie_convention_budget_table(lines.out(), the_pack(), nullptr, &error));
  lines.read();
  REQUIRE(lines.rows() == static_cast<std::int64_t>(budget["lignes"].size()));
  CHECK(lines.format("detail") == "+l");
  for (std::int64_t row = 0; row < lines.rows(); ++row) {
    const Json &line = budget["lignes"][static_cast<std::size_t>(row)];
    CHECK(lines.amount("montant", row) == line["montant"]);
    CHECK(lines.items("detail", row) == line["detail"].size());
  }
  CHECK_THAT(lines.metadata(), Catch::Contains("id;"));

  CHECK_OK(spie_convention_control(money.text.out(), money.text.length(), the_pack(), money.ledger.get(),
                                   money.payments.get(), 2023, nullptr, SPIE_FORMAT_JSON, &error));
  const Json control = money.text.json();
  Table one;
  CHECK_OK(spie_convention_control_table(one.out(), the_pack(), money.ledger.get(), money.payments.get(), 2023, nullptr,
                                         &error));
  one.read();
  REQUIRE(one.rows() == 1);
  CHECK(one.whole("annee", 0) == 2023);
  CHECK(one.amount("verse", 0) == control["verse"]);
  CHECK(one.yes("conforme", 0) == control["conforme"]);

  const std::string facts = R"({"date_signature": {"@date": "2022-03-10"}})";
  spie_convention_options options = SPIE_CONVENTION_OPTIONS_INIT;
  options.facts = facts.data();
  options.facts_length = facts.size();
  CHECK_OK(spie_convention_schedule(money.text.out(), money.text.length(), the_pack(), "2022-06-01", &options,
                                    SPIE_FORMAT_JSON, &error));
  const Json schedule = money.text.json();
  Table duties;
  CHECK_OK(spie_convention_schedule_table(duties.out(), the_pack(), "2022-06-01", &options, &error));
  duties.read();
  REQUIRE(duties.rows() == static_cast<std::int64_t>(schedule["echeances"].size()));
  for (std::int64_t row = 0; row < duties.rows(); ++row)
    CHECK(duties.text("id", row) == schedule["echeances"][static_cast<std::size_t>(row)]["id"]);
}

TEST_CASE("what is known of a person is a table, and so are its history and what changed") {
  using Store = Handle<spie_store, spie_store_free>;
  Store store;
  Text text;
  CError error;
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  const std::string events = R"([
    {"id": "e-1", "type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "a",
     "source": {"nom": "saisie"},
     "contenu": {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": {"@date": "1985-05-02"}}},
    {"id": "e-2", "type": "adresse", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "a",
     "source": {"nom": "saisie"}, "contenu": {"commune": "Provins"}},
    {"id": "e-3", "type": "revenu", "sujets": ["personne:aline"], "effet": {"debut": "2022-01-01"}, "auteur": "a",
     "source": {"nom": "saisie"}, "contenu": {"nature": "011", "mois": "2022-01", "montant": 512.3}},
    {"id": "e-4", "type": "adresse", "sujets": ["personne:aline"], "effet": {"debut": "2022-02-01"}, "auteur": "a",
     "source": {"nom": "saisie"}, "contenu": {"commune": "Melun"}}])";
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), events.data(), events.size(),
                             "2022-03-05T12:00:00Z", &error));
  Table facts;
  CHECK_OK(
      spie_dossier_situation_table(facts.out(), store.get(), "personne:aline", "2022-03-05", nullptr, nullptr, &error));
  facts.read();
  CHECK_OK(spie_dossier_situation(text.out(), text.length(), store.get(), "personne:aline", "2022-03-05", nullptr,
                                  nullptr, &error));
  const Json situation = text.json();
  REQUIRE(facts.rows() == static_cast<std::int64_t>(situation["faits"].size()));
  CHECK(facts.format("enregistre") == "tsm:UTC");
  CHECK(facts.format("nombre") == "d:38,6");
  CHECK(facts.format("seq") == "l");
  int seen = 0;
  for (std::int64_t row = 0; row < facts.rows(); ++row) {
    CHECK(facts.text("dossier", row) == "personne:aline");
    CHECK(facts.whole("enregistre", row) == 1'646'481'600'000); // date -d 2022-03-05T12:00:00Z +%s, in ms
    CHECK_FALSE(facts.yes("grossi", row));
    const std::string path = facts.text("chemin", row);
    if (path == "adresse.commune") {
      CHECK(facts.text("texte", row) == "Melun");
      CHECK(facts.text("valeur", row) == "\"Melun\"");
      CHECK(facts.is_null("nombre", row));
      ++seen;
    } else if (path == "identite.date_naissance") {
      CHECK(facts.day("jour", row) == 5'600); // date -d 1985-05-02
      CHECK(facts.is_null("texte", row));
      CHECK(Json::parse(facts.text("valeur", row)) == Json{{"@date", "1985-05-02"}});
      ++seen;
    } else if (path.starts_with("revenu.") && path.ends_with(".montant")) {
      CHECK(facts.whole("nombre", 2 * row) == 512'300'000); // six decimals, the low half of 16 bytes
      ++seen;
    }
  }
  CHECK(seen == 3);

  Table history;
  CHECK_OK(
      spie_dossier_history_table(history.out(), store.get(), "personne:aline", "adresse.commune", nullptr, &error));
  history.read();
  REQUIRE(history.rows() == 2);
  CHECK(history.text("texte", 0) == "Provins");
  CHECK(history.text("type", 0) == "adresse");
  CHECK(history.is_null("cle", 0));
  CHECK(history.is_null("corrige_par", 0));
  CHECK(history.yes("compte", 1));

  Table changes;
  CHECK_OK(spie_dossier_compare_table(changes.out(), store.get(), "personne:aline", "2022-01-15", nullptr, "2022-03-05",
                                      nullptr, nullptr, &error));
  changes.read();
  REQUIRE(changes.rows() >= 1);
  std::optional<std::int64_t> moved;
  for (std::int64_t row = 0; row < changes.rows(); ++row)
    if (changes.text("chemin", row) == "adresse.commune")
      moved = row;
  REQUIRE(moved);
  CHECK(changes.text("avant_texte", *moved) == "Provins");
  CHECK(changes.text("apres_texte", *moved) == "Melun");

  Table none;
  CHECK_REFUSED(
      spie_dossier_situation_table(none.out(), store.get(), "personne:zoe", "2022-03-05", nullptr, nullptr, &error),
      SPIE_ERROR_DOSSIER, "E005");
  CHECK(none.out()->release == nullptr);
  CHECK_REFUSED(spie_ledger_table(nullptr, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
}
