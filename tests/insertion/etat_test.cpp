#include "tests/insertion/support.hpp"

#include "spie/convention/tables.hpp"

#include <algorithm>
#include <random>
#include <set>

using namespace spie;
using namespace spie::convention;
using namespace spie::convention::testing;

namespace {

const Registre &invented_ledger() {
  static const Registre registre =
      read_registre(file("examples/donnees/registre-invente.csv"), "registre-invente.csv", seine_et_marne());
  return registre;
}
Versements invented_payments(const std::string &name = "versements-inventes.csv") {
  return read_versements(file("examples/donnees/" + name), name);
}
feel::Value invented_facts() { return read_json(file("examples/donnees/faits.json"), "faits.json"); }

Registre ledger(const std::vector<Line> &lines) {
  std::string text = header;
  for (const Line &line : lines)
    text += line.csv();
  Registre registre = read_registre(text, "registre.csv", seine_et_marne());
  REQUIRE(registre.lecture.refuses.empty());
  return registre;
}

Versements payments(const std::string &amount, const std::string &date = "2022-03-20") {
  return read_versements("date,montant,libelle\n" + date + "," + amount + ",x\n", "versements.csv");
}

EtatDesDepenses state(const Registre &registre, const Versements &versements = {}, const Options &options = {},
                      const feel::Value &facts = {}, const std::string &date = "2024-03-31") {
  return etat_des_depenses(seine_et_marne(), registre, versements, facts, day(date), options);
}

const LigneEtat &line(const EtatDesDepenses &etat, std::string_view id) {
  const auto found =
      std::find_if(etat.lignes.begin(), etat.lignes.end(), [&](const LigneEtat &l) { return l.depense.id == id; });
  REQUIRE(found != etat.lignes.end());
  return *found;
}

feel::Number minus_(const feel::Number &a, const feel::Number &b) { return *a.subtract(b); }

Options with(const std::string &name, const std::string &value) {
  Options options;
  options.parametres.emplace_back(name, value);
  return options;
}

// Every key that `expected` has must stand in `found`, with the same value; lists item by item.
void check_holds(const feel::Value &expected, const feel::Value &found, const std::string &where) {
  if (expected.is(feel::Kind::context)) {
    REQUIRE(found.is(feel::Kind::context));
    for (const auto &[key, value] : expected.context()) {
      INFO(where << "/" << key);
      const feel::Value *member = found.context().find(key);
      REQUIRE(member != nullptr);
      check_holds(value, *member, where + "/" + key);
    }
  } else if (expected.is(feel::Kind::list)) {
    REQUIRE(found.is(feel::Kind::list));
    INFO(where);
    REQUIRE(found.list().size() == expected.list().size());
    for (std::size_t i = 0; i < expected.list().size(); ++i)
      check_holds(expected.list()[i], found.list()[i], where + "/" + std::to_string(i));
  } else {
    INFO(where << ": expected " << expected.to_string() << ", found " << found.to_string());
    CHECK(feel::identical(expected, found));
  }
}

} // namespace

TEST_CASE("the statements of the invented ledger are those worked out apart", "[etat]") {
  const feel::Value scenarios = read_json(file("tests/insertion/etat_attendu.json"), "etat_attendu.json");
  CHECK(scenarios.list().size() == 36);
  for (const feel::Value &scenario : scenarios.list()) {
    const feel::Context &expected = scenario.context();
    Options options;
    for (const auto &[name, value] : expected.find("parametres")->context())
      options.parametres.emplace_back(name, value);
    const std::string date = expected.find("date")->text();
    const feel::Value found = to_value(state(invented_ledger(), invented_payments(expected.find("versements")->text()),
                                             options, invented_facts(), date));
    const std::string where = date + " " + expected.find("parametres")->to_string();
    check_holds(*expected.find("attendu"), found, where);
    check_holds(*expected.find("lignes"), *found.context().find("lignes"), where + " lignes");
  }
}

TEST_CASE("the cap is used up by date then id, and cuts the last lines", "[etat]") {
  // The cap is 15 % of the budget: 93 000 €.
  const auto overhead = [](const std::string &id, const std::string &date, const std::string &amount) {
    return Line{.id = id, .date = date, .nature = "frais_generaux", .montant = amount, .necessaire = "oui"};
  };
  SECTION("exactly at the cap nothing exceeds it") {
    const EtatDesDepenses etat = state(ledger({overhead("A", "2022-02-01", "93000.00")}));
    CHECK(etat.frais_generaux_ecartes == 0);
    CHECK(line(etat, "A").verdict == "retenue");
  }
  SECTION("one cent above is one cent of the last line") {
    const EtatDesDepenses etat =
        state(ledger({overhead("B", "2022-03-01", "3000.01"), overhead("A", "2022-02-01", "90000.00")}));
    CHECK(etat.frais_generaux_ecartes == number("0.01"));
    CHECK(line(etat, "B").verdict == "retenue");
    CHECK(line(etat, "B").retenu == number("3000.00"));
    CHECK(line(etat, "B").depassement == number("0.01"));
    CHECK(line(etat, "B").motif.find("en partie") != std::string::npos);
  }
  SECTION("on the same day ids are compared as text") {
    const EtatDesDepenses etat =
        state(ledger({overhead("L9", "2022-03-01", "60000.00"), overhead("L10", "2022-03-01", "60000.00")}));
    CHECK(line(etat, "L10").retenu == number("60000"));
    CHECK(line(etat, "L9").retenu == number("33000"));
  }
  SECTION("a line cut whole is set aside, by article 4.2") {
    const EtatDesDepenses etat =
        state(ledger({overhead("A", "2022-02-01", "93000.00"), overhead("B", "2022-03-01", "10.00")}));
    CHECK(line(etat, "B").verdict == "ecartee");
    CHECK(line(etat, "B").article == "art-4.2-al2");
    CHECK(line(etat, "B").retenu == 0);
  }
  SECTION("undecided lines do not use the cap up") {
    Line open = overhead("A", "2022-02-01", "93000.00");
    open.necessaire = "";
    const EtatDesDepenses etat = state(ledger({open, overhead("B", "2022-03-01", "93000.00")}));
    CHECK(etat.montant_indetermine == number("93000"));
    CHECK(etat.frais_generaux_ecartes == 0);
  }
  SECTION("the other reading takes 15 % of the real cost") {
    const EtatDesDepenses etat =
        state(ledger({overhead("A", "2022-02-01", "2000.00"), Line{.id = "B", .montant = "8000.00"}}), {},
              with("base_plafond_frais", "cout_reel"));
    CHECK(etat.plafond_frais_generaux == number("1500"));
    CHECK(line(etat, "A").retenu == number("1500"));
  }
}

TEST_CASE("flags say what is unpaid, paid too early, or without its document", "[etat]") {
  const EtatDesDepenses etat = state(ledger({
      Line{.id = "jamais"},
      Line{.id = "plus tard", .date_paiement = "2024-04-01"},
      Line{.id = "le jour", .date_paiement = "2024-03-31"},
      Line{.id = "trop tôt", .date_paiement = "2022-05-31", .piece = ""},
  }));
  CHECK(line(etat, "jamais").drapeaux == std::vector<std::string>{"impayee"});
  CHECK(line(etat, "plus tard").drapeaux == std::vector<std::string>{"impayee"});
  CHECK(line(etat, "le jour").drapeaux.empty());
  CHECK(line(etat, "trop tôt").drapeaux == std::vector<std::string>{"paiement_avant_depense", "piece_manquante"});
  CHECK(etat.depenses_eligibles == number("400")); // flagged, and retained
}

TEST_CASE("what comes after the date is left out and counted", "[etat]") {
  const Registre registre = ledger({Line{.id = "A", .date = "2022-06-01"}, Line{.id = "B", .date = "2022-06-02"}});
  const EtatDesDepenses etat = state(registre, payments("50", "2022-06-02"), {}, {}, "2022-06-01");
  CHECK(etat.lignes.size() == 1);
  CHECK(etat.lignes_posterieures == 1);
  CHECK(etat.verse == 0);
  CHECK(etat.versements_posterieurs == 1);
}

TEST_CASE("unknown reports leave open whether the balance is due, and the statement says what it lacks", "[etat]") {
  const EtatDesDepenses etat = state(ledger({Line{}}));
  CHECK(!etat.solde_exigible);
  REQUIRE(etat.manques.size() == 2);
  CHECK(etat.manques[0].champ == "solde_exigible");
  CHECK(etat.manques[0].faits == std::vector<std::string>{"bilan_financier_produit", "bilan_mise_en_oeuvre_produit"});
  CHECK(write_json(to_value(etat)).find(R"("solde_exigible":null)") != std::string::npos);

  // One report known to be later is enough to know.
  const EtatDesDepenses no = state(ledger({Line{}}), {}, {}, read_json(R"({"bilan_financier_produit": "2024-04-01"})"));
  CHECK(no.solde_exigible == false);
}

TEST_CASE("a statement names the readings it rests on", "[etat]") {
  const EtatDesDepenses etat = state(ledger({Line{}}), {}, with("base_participation", "depenses_eligibles"));
  const auto found = std::find_if(etat.parametres.begin(), etat.parametres.end(),
                                  [](const ParameterUse &use) { return use.nom == "base_participation"; });
  REQUIRE(found != etat.parametres.end());
  CHECK(found->given);
  CHECK(found->valeur.text() == "depenses_eligibles");
  CHECK(etat.pack_id == "seine-et-marne-2022-2023");
  CHECK(etat.pack_sha256.size() == 64);
}

TEST_CASE("facts that the pack does not read, or that are computed, are refused", "[etat]") {
  const auto refused = [](const char *facts) {
    return code_of([&] { state(ledger({Line{}}), {}, {}, read_json(facts)); });
  };
  CHECK(refused(R"({"bilan_financier_produi": "2024-03-01"})") == "P015");
  CHECK(refused(R"({"cout_total": 3})") == "P015");
  CHECK(refused(R"({"base_plafond_frais": "budget"})") == "P014");
  CHECK(refused(R"({"bilan_financier_produit": "hier"})") == "P016");
  CHECK(refused(R"([])") == "P016");
  CHECK(refused(R"({"echeances_faites": {"premier-versement": "2022-03-20"}})") == "");
}

TEST_CASE("a parameter is read from the text of a command line", "[etat]") {
  const Pack &pack = seine_et_marne();
  CHECK(parse_parametre(pack, "base_plafond_frais", "cout_reel").second.text() == "cout_reel");
  CHECK(parse_parametre(pack, "taux_plafond_frais", "0.10").second.number() == number("0.1"));
  CHECK(parse_parametre(pack, "fin_convention", "2024-06-30").second.date() == day("2024-06-30"));
  CHECK(parse_parametre(pack, "delai_premier_versement", "P30D").second.is(feel::Kind::days_duration));
  CHECK(code_of([&] { parse_parametre(pack, "base_plafond", "x"); }) == "P015");
  CHECK(code_of([&] { parse_parametre(pack, "base_plafond_frais", "autre"); }) == "P009");
  CHECK(code_of([&] { parse_parametre(pack, "taux_plafond_frais", "15%"); }) == "P009");
}

TEST_CASE("random ledgers: totals are the sum of the lines, the cap holds, the share is never negative", "[etat]") {
  const std::vector<std::string> actions{"concertation_usagers", "aide_conduite_changement", "coordination_action",
                                         "animation_communication"};
  const std::vector<std::string> natures{"ingenierie",       "conduite_du_changement", "coordination",
                                         "communication",    "frais_generaux",         "frais_generaux",
                                         "frais_de_mission", "offre_directe"};
  const std::vector<std::string> axes{"", "1", "2", "3", "methodologie"};
  const std::vector<std::string> needs{"", "oui", "oui", "oui", "non"};
  const std::vector<std::string> origins{"", "", "", "etat:X", "autre:Y"};
  std::mt19937 random(20220101);
  const auto below = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
  const auto pick = [&](const auto &from) { return from[random() % from.size()]; };
  const auto cents = [](unsigned n) {
    return std::to_string(n / 100) + "." + (n % 100 < 10 ? "0" : "") + std::to_string(n % 100);
  };

  for (int round = 0; round < 60; ++round) {
    std::vector<Line> lines;
    const unsigned count = below(60);
    for (unsigned i = 0; i < count; ++i) {
      Line line{.id = "L" + std::to_string(i),
                .action = pick(actions),
                .nature = pick(natures),
                .axe = pick(axes),
                .necessaire = pick(needs),
                .cofinancement = pick(origins)};
      line.date = day("2021-12-01").plus_days(below(800))->to_string();
      const unsigned amount = 1 + below(3'000'000);
      line.montant = cents(amount);
      if (!line.cofinancement.empty())
        line.montant_cofinance = cents(1 + below(amount));
      lines.push_back(line);
    }
    Options options;
    options.parametres = {{"base_plafond_frais", round % 2 == 0 ? "budget" : "cout_reel"},
                          {"base_participation", round % 4 < 2 ? "cout_total" : "depenses_eligibles"}};
    CAPTURE(round);
    const EtatDesDepenses etat = state(ledger(lines), payments(cents(1 + below(60'000'000))), options);
    const auto add = [](feel::Number a, feel::Number b) { return a.add(b).value(); };
    feel::Number cost, retained, open, aside, above, capped;
    for (const LigneEtat &l : etat.lignes) {
      if (l.dans_la_periode)
        cost = add(cost, l.depense.montant);
      retained = add(retained, l.retenu);
      above = add(above, l.depassement);
      if (l.frais_plafonnes)
        capped = add(capped, l.retenu);
      if (l.verdict == "indetermine")
        open = add(open, l.depense.montant);
      else
        aside = add(aside, l.depense.montant.subtract(l.retenu).value());
      CHECK(!l.retenu.is_negative());
      CHECK(l.retenu <= l.depense.montant);
      CHECK((l.verdict == "retenue") == (l.retenu > 0));
    }
    CHECK(etat.cout_total == cost);
    CHECK(etat.depenses_eligibles == retained);
    CHECK(etat.montant_indetermine == open);
    CHECK(etat.montant_ecarte == aside);
    CHECK(etat.frais_generaux_ecartes == above);
    CHECK(capped <= etat.plafond_frais_generaux);
    CHECK(add(capped, above) == etat.frais_generaux);
    CHECK(etat.total.montant == add(add(retained, open), aside));
    for (const auto *totals : {&etat.par_action, &etat.par_nature}) {
      feel::Number sum, kept;
      std::size_t number_of_lines = 0;
      for (const Total &total : *totals) {
        sum = add(sum, total.montant);
        kept = add(kept, total.retenu);
        number_of_lines += total.lignes;
        CHECK(total.montant == add(add(total.retenu, total.ecarte), total.indetermine));
      }
      CHECK(sum == etat.total.montant);
      CHECK(kept == retained);
      CHECK(number_of_lines == etat.lignes.size());
    }
    CHECK(!etat.part_etat.is_negative());
    CHECK(etat.part_etat <= retained);
    CHECK(etat.part_etat <= 496'000);
    CHECK(add(add(etat.part_etat, etat.autofinancement), etat.autres_subventions_etat) == cost);
    CHECK((etat.solde.is_zero() || etat.trop_percu.is_zero()));
    CHECK(add(etat.part_etat, etat.trop_percu) == add(etat.verse, etat.solde));
  }
}

TEST_CASE("what was paid back lowers what was paid, in the statement and in the control", "[etat][controle]") {
  const Versements both = read_versements("date,montant,libelle,sens\n2022-03-20,100.00,x,\n2022-05-01,30.00,y,"
                                          "remboursement\n2025-01-01,9.00,z,remboursement\n",
                                          "v.csv");
  const EtatDesDepenses etat = state(ledger({{.montant = "1000.00"}}), both);
  CHECK(etat.verse == number("70"));
  CHECK(etat.rembourse == number("30"));
  CHECK(etat.versements_posterieurs == 1);
  CHECK(etat.solde == minus_(etat.part_etat, number("70")));
  const Controle control = controle(seine_et_marne(), ledger({{.montant = "80.00"}}), both, 2022);
  CHECK(control.verse == number("70"));
  CHECK(control.conforme);
}

TEST_CASE("a share of nought says why, in the words of the pack", "[etat]") {
  const auto why = [](const EtatDesDepenses &etat) {
    for (const Motif &motif : etat.motifs)
      if (motif.champ == "part_etat")
        return motif.article + ": " + motif.motif;
    return std::string();
  };
  CHECK(why(state(ledger({{.montant = "1000.00"}}))).empty());
  CHECK(why(state(ledger({{.date = "2021-06-01"}}))).starts_with("art-2: Aucune dépense n'est datée dans la période"));
  CHECK(why(state(ledger({{.nature = "offre_directe"}}))).starts_with("art-4.1: Aucune dépense n'est retenue"));
  CHECK(why(state(ledger({{.montant = "100.00", .cofinancement = "etat:X", .montant_cofinance = "80.00"}})))
            .starts_with("art-3.5-al2: Les autres subventions de l'État"));
}

TEST_CASE("under the computation that annexe C writes, actions, total and gaps follow; the first payment does not",
          "[etat]") {
  // 220 000 written, 2 × 50 000 × 2 = 200 000 computed: 335 000 for the action, 600 000 in all.
  const Registre one = ledger({{.montant = "340000.00"}});
  const EtatDesDepenses written = state(one);
  const EtatDesDepenses computed = state(one, {}, with("lecture_salaires_annexe_c", "calcul_ecrit"));
  const auto action = [](const EtatDesDepenses &etat) {
    return *std::find_if(etat.par_action.begin(), etat.par_action.end(),
                         [](const Total &total) { return total.code == "coordination_action"; });
  };
  CHECK(action(written).budget == number("355000"));
  CHECK_FALSE(action(written).depasse);
  CHECK(action(computed).budget == number("335000"));
  CHECK(action(computed).ecart == number("-5000"));
  CHECK(action(computed).depasse);
  CHECK(written.total.budget == number("620000"));
  CHECK(computed.total.budget == number("600000"));
  CHECK(computed.plafond_frais_generaux == number("90000"));
  CHECK(computed.premier_versement == number("297600"));
  REQUIRE(computed.constats.size() == 1);
  CHECK(computed.constats[0].code == Code::pack_calculation);
  const auto said = std::find_if(computed.motifs.begin(), computed.motifs.end(),
                                 [](const Motif &motif) { return motif.champ == "premier_versement"; });
  REQUIRE(said != computed.motifs.end());
  CHECK(said->motif.starts_with("60 % des 496 000 € qu'écrit l'article 4.1"));
}

TEST_CASE("each other reading is told one at a time, and only those that a decision reads", "[etat]") {
  const EtatDesDepenses etat = state(ledger({{.montant = "1000.00"}}), payments("100.00"));
  std::vector<std::string> names;
  for (const AutreLecture &reading : etat.autres_lectures)
    names.push_back(reading.parametre + " " + reading.valeur.text() + " " + reading.autre.text());
  CHECK(names == std::vector<std::string>{"base_participation cout_total depenses_eligibles",
                                          "base_plafond_frais budget cout_reel",
                                          "lecture_salaires_annexe_c montant_ecrit calcul_ecrit"});
  Options alone;
  alone.autres_lectures = false;
  CHECK(state(ledger({{.montant = "1000.00"}}), {}, alone).autres_lectures.empty());
}

TEST_CASE("the statement is written as CSV that a spreadsheet opens and does not run", "[etat]") {
  const EtatDesDepenses etat = state(ledger({Line{.id = "=1+1", .libelle = "\"Deux; mots\"", .montant = "1234.50"}}));
  const std::string lines = write_csv(etat);
  CHECK(lines.starts_with("id;date;action;nature;libelle;fournisseur;montant;verdict;retenu;"));
  CHECK(lines.find("'=1+1;2022-06-01;coordination_action;ingenierie;\"Deux; mots\";Cabinet "
                   "Imaginaire;1234,50;retenue;1234,50;0,00;") != std::string::npos);
  CHECK(lines.ends_with("\r\n"));
  const std::string totals = write_csv(etat, Tableau::totaux);
  CHECK(totals.find("action;coordination_action;Coordination de "
                    "l'action;1;355000,00;1234,50;353765,50;1234,50;1234,50;0,00;0,00\r\n") != std::string::npos);
  CHECK(totals.find("nature;ingenierie;Ingénierie;1;;1234,50;;1234,50;1234,50;0,00;0,00\r\n") != std::string::npos);
  CHECK(totals.find("synthese;solde_exigible;Solde exigible;;;;;indéterminé;;;\r\n") != std::string::npos);
}

TEST_CASE("article 8: what was paid is set against the cost, at the end of each year", "[controle]") {
  const Controle first = controle(seine_et_marne(), invented_ledger(), invented_payments(), 2022);
  CHECK(first.verse == number("297600"));
  CHECK(first.cout_realise == number("329582.75"));
  CHECK(first.conforme);
  CHECK(!first.a_l_issue);
  CHECK(first.article == "art-8-al1");
  const Controle second = controle(seine_et_marne(), invented_ledger(), invented_payments(), 2023);
  CHECK(second.cout_realise == number("608549.64"));
  CHECK(second.cout_annee == number("278966.89"));
  CHECK(second.verse_annee == 0);
  CHECK(second.a_l_issue);

  const Controle over = controle(seine_et_marne(), ledger({Line{}}), payments("100.01"), 2022);
  CHECK(!over.conforme);
  CHECK(over.excedent == number("0.01"));
  CHECK(controle(seine_et_marne(), ledger({Line{}}), payments("100.00"), 2022).conforme);
  CHECK(to_value(over).context().find("excedent")->text() == "0.01");
  for (const int year : {22, 2021, 2024})
    CHECK(code_of([&] { controle(seine_et_marne(), {}, {}, year); }) == "A001"); // outside the convention
}

TEST_CASE("the final control is that of the last day of the convention", "[controle]") {
  const Controle last = controle_final(seine_et_marne(), invented_ledger(), invented_payments());
  CHECK(last.final);
  CHECK(last.a_l_issue);
  CHECK(last.date == day("2023-12-31"));
  const Controle second = controle(seine_et_marne(), invented_ledger(), invented_payments(), 2023);
  CHECK(!second.final);
  CHECK(last.cout_realise == second.cout_realise);
  CHECK(last.verse == second.verse);
}

TEST_CASE("what is paid beyond the maximum of article 4.1 is said, though conform", "[controle]") {
  Line costly;
  costly.montant = "700000";
  const Controle beyond = controle(seine_et_marne(), ledger({costly}), payments("496000.01"), 2022);
  CHECK(beyond.conforme);
  CHECK(beyond.depassement_maximum == number("0.01"));
  CHECK(beyond.article_depassement == "art-4.1");
  CHECK(beyond.motif_depassement.find("maximum de l'article 4.1") != std::string::npos);
  const Controle within = controle(seine_et_marne(), ledger({costly}), payments("496000.00"), 2022);
  CHECK(within.depassement_maximum == number("0"));
  CHECK(within.motif_depassement.empty());
}

TEST_CASE("the pack gives the day of the yearly control", "[controle]") {
  const auto in_june = changed("finances.dmn", "date(annee_controle, 12, 31)", "date(annee_controle, 6, 30)");
  Line before, during, after;
  before.id = "L1", before.date = "2022-06-30", before.montant = "1.00";
  during.id = "L2", during.date = "2023-06-30", during.montant = "10.00";
  after.id = "L3", after.date = "2023-07-01", after.montant = "100.00";
  const Controle control = controle(*in_june, ledger({before, during, after}), {}, 2023);
  CHECK(control.date == day("2023-06-30"));
  CHECK(control.cout_realise == number("11"));
  CHECK(control.cout_annee == number("10"));
  CHECK(!control.a_l_issue);
  CHECK(controle(seine_et_marne(), {}, {}, 2023).date == day("2023-12-31"));

  const auto none = changed("pack.json", "\"date_controle\": \"date_controle\",", "");
  CHECK(code_of([&] { controle(*none, {}, {}, 2023); }) == "P011");
}

TEST_CASE("what was refused when the files were read is said beside the amounts", "[etat][controle]") {
  Line second;
  second.id = "L2";
  second.montant = "\"1,234\""; // readable in two ways
  const Registre lines =
      read_registre(std::string(header) + Line{}.csv() + second.csv(), "registre.csv", seine_et_marne());
  const Versements received =
      read_versements("date;montant;libelle\n2022-03-24;1,234;Acompte\n2022-03-25;50,00;Acompte\n", "versements.csv");
  REQUIRE(lines.lecture.refuses_total == 1);
  REQUIRE(received.lecture.refuses_total == 1);

  const EtatDesDepenses etat = etat_des_depenses(seine_et_marne(), lines, received, {}, day("2023-12-31"));
  CHECK(etat.verse == number("50"));
  CHECK(etat.lignes_refusees == 1);
  CHECK(etat.versements_refuses == 1);
  CHECK(to_value(etat).context().find("versements_refuses")->number() == 1);
  CHECK(write_csv(etat, Tableau::totaux).find("synthese;versements_refuses;Versements refusés à la lecture;;;;;1;") !=
        std::string::npos);

  Options options;
  options.parametres.emplace_back("debut_convention", day("2022-01-02"));
  const Controle control = controle(seine_et_marne(), lines, received, 2022, options);
  CHECK(control.conforme);
  CHECK(control.lignes_refusees == 1);
  CHECK(control.versements_refuses == 1);
  REQUIRE(control.parametres.size() == 1);
  CHECK(control.parametres.front().nom == "debut_convention");
  CHECK(control.parametres.front().given);
  const feel::Value value = to_value(control);
  CHECK(value.context().find("lignes_refusees")->number() == 1);
  CHECK(value.context().find("versements_refuses")->number() == 1);
  CHECK(value.context().find("parametres")->list().size() == 1);
  const std::string csv = write_csv(control);
  CHECK(csv.find("lignes_refusees;1\r\nversements_refuses;1\r\nparametre:debut_convention;2022-01-02\r\n") !=
        std::string::npos);
}
