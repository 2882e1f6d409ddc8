// What a source states with a date of its own, and what it states as of the file: which prevails, file after file.
#include "tests/dossier/events.hpp"

#include "exchange/session.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

const Sujet household = subject("foyer:f1");

// One file about one household: what it states, between its opening and its closing.
template <class State>
std::int64_t read(Journal &journal, std::string_view reference, State &&state, std::string_view name = {}) {
  const std::string bytes = "fichier du " + std::string(reference) + std::string(name);
  const auto octets = memory_bytes(bytes);
  ImportOptions options;
  options.auteur = "test";
  options.enregistre = instant("2022-06-01T12:00:00Z");
  Session session(journal, options, "essai", "caf.essai", "foyer", *octets);
  session.open(day(reference), "");
  session.begin_record();
  Fil said(session, household, "f1");
  state(said);
  said.observe(bytes);
  session.end_record(true);
  return session.close().evenements;
}

// The state of the right, effective on that day.
auto right(std::string state, std::string_view since) {
  return [state = std::move(state), since = day(since)](Fil &said) {
    said.state("droit_rsa", {{"etat", state}}, {since, {}, {}}, "ici");
  };
}
// The family situation as of the file, in which it has been since that day.
auto now(std::string code, std::string_view since) {
  return [code = std::move(code), since = day(since)](Fil &said) {
    said.state_now("situation_familiale", {{"code", code}}, since, {}, "ici");
  };
}

std::string on(Journal &journal, std::string_view path, std::string_view date) {
  const Situation found = situation(journal, household, day(date));
  const Fait *fact = found.find(path);
  return fact == nullptr ? "-" : fact->dire.valeur.to_string();
}
std::string etat(Journal &journal, std::string_view date) { return on(journal, "droit_rsa.etat", date); }
std::string code(Journal &journal, std::string_view date) { return on(journal, "situation_familiale.code", date); }

} // namespace

TEST_CASE("a later file that dates a fact back ends what earlier files said since", "[exchange][fil]") {
  const auto journal = store::open_memory();
  read(*journal, "2021-12-31", right("2", "2021-12-31"));
  read(*journal, "2022-01-31", right("4", "2022-01-31"));
  const auto closed = right("5", "2021-11-30");
  read(*journal, "2022-02-28", closed); // it was closed all the time
  CHECK(etat(*journal, "2021-12-31") == "5");
  CHECK(etat(*journal, "2022-01-31") == "5");
  CHECK(etat(*journal, "2022-03-15") == "5");
  CHECK(read(*journal, "2022-02-28", closed) == 2); // again: opened and closed, no more
  read(*journal, "2022-03-31", right("2", "2022-03-31"));
  CHECK(etat(*journal, "2022-03-30") == "5");
  CHECK(etat(*journal, "2022-03-31") == "2");
}

TEST_CASE("an older file does not speak of a day of which a later one spoke", "[exchange][fil]") {
  const auto journal = store::open_memory();
  read(*journal, "2022-03-31", right("5", "2022-01-15"));
  read(*journal, "2022-02-28", right("2", "2022-02-28")); // it did not know yet
  CHECK(etat(*journal, "2022-02-28") == "5");
  read(*journal, "2021-12-31", right("2", "2021-12-31"));
  CHECK(etat(*journal, "2021-12-31") == "2");
  CHECK(etat(*journal, "2022-01-15") == "5");
}

TEST_CASE("a value without a date begins with the first file that has it", "[exchange][fil]") {
  const auto journal = store::open_memory();
  read(*journal, "2022-01-31", now("CEL", "1994-10-27"));
  CHECK(code(*journal, "2000-01-01") == "CEL"); // nothing was said otherwise
  read(*journal, "2022-02-28", now("VIM", "1994-10-27"));
  CHECK(code(*journal, "2022-02-27") == "CEL");
  CHECK(code(*journal, "2022-02-28") == "VIM");
  CHECK(read(*journal, "2022-03-31", now("VIM", "1994-10-27")) == 3); // seen again: no fact
  read(*journal, "2022-04-30", now("MAR", "2022-04-09"));
  CHECK(code(*journal, "2022-04-08") == "VIM");
  CHECK(code(*journal, "2022-04-09") == "MAR");
}

TEST_CASE("a value without a date of an older file holds for its own time", "[exchange][fil]") {
  const auto journal = store::open_memory();
  read(*journal, "2022-03-31", now("VIM", "1994-10-27"));
  read(*journal, "2022-02-28", now("CEL", "1994-10-27"));
  CHECK(code(*journal, "2022-02-28") == "CEL");
  CHECK(code(*journal, "2022-03-30") == "CEL");
  CHECK(code(*journal, "2022-03-31") == "VIM");
}

TEST_CASE("a fact that is over leaves what is said later alone", "[exchange][fil]") {
  const auto journal = store::open_memory();
  const auto former = [](Fil &said) {
    said.state("droit_rsa", {{"etat", "3"}}, {day("2022-01-01"), day("2022-02-01"), {}}, "ici");
  };
  read(*journal, "2022-03-31", right("2", "2022-03-31"));
  read(*journal, "2022-04-30", former); // tells of January, and nothing of April
  CHECK(etat(*journal, "2022-01-15") == "3");
  CHECK(etat(*journal, "2022-02-15") == "-");
  CHECK(etat(*journal, "2022-04-30") == "2");
}

TEST_CASE("what one file says of two days stands side by side, in whatever order", "[exchange][fil]") {
  const auto journal = store::open_memory();
  const auto backwards = [](Fil &said) {
    said.state("droit_rsa", {{"etat", "5"}}, {day("2022-02-01"), {}, {}}, "ligne 1");
    said.state("droit_rsa", {{"etat", "2"}}, {day("2022-01-01"), {}, {}}, "ligne 2");
  };
  read(*journal, "2022-03-31", backwards);
  CHECK(etat(*journal, "2022-01-31") == "2");
  CHECK(etat(*journal, "2022-02-01") == "5");
  CHECK(read(*journal, "2022-03-31", backwards) == 2); // again: opened and closed, no more
}

TEST_CASE("a file that contradicts itself adds nothing when it is read again", "[exchange][fil]") {
  const auto journal = store::open_memory();
  const auto both = [](Fil &said) {
    said.state("droit_rsa", {{"etat", "5"}}, {day("2022-02-01"), {}, {}}, "ligne 1");
    said.state("droit_rsa", {{"etat", "2"}}, {day("2022-02-01"), {}, {}}, "ligne 2");
  };
  read(*journal, "2022-03-31", both);
  CHECK(read(*journal, "2022-03-31", both) == 2);
}

TEST_CASE("a file read again after the one that corrects it brings nothing back", "[exchange][fil]") {
  const auto journal = store::open_memory();
  read(*journal, "2022-02-28", now("CEL", "1994-10-27"));
  read(*journal, "2022-03-31", now("CEL", "1994-10-27")); // the same: no fact of its own
  read(*journal, "2022-03-31", now("VIM", "2022-03-31"), "corrigé");
  CHECK(code(*journal, "2022-03-31") == "VIM");
  CHECK(read(*journal, "2022-03-31", now("CEL", "1994-10-27")) == 2);
  CHECK(code(*journal, "2022-03-31") == "VIM");
}
