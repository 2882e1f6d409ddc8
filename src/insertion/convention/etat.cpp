#include "spie/convention/etat.hpp"

#include "insertion/convention/decisions.hpp"
#include "insertion/convention/money.hpp"
#include "insertion/text_of.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace spie::convention {

namespace {

std::vector<const Depense *> lines_until(const Registre &registre, feel::Date date) {
  std::vector<const Depense *> lines;
  for (const Depense &line : registre.depenses)
    if (line.date <= date)
      lines.push_back(&line);
  // By date then id, as text: the order in which the cap is used up (decisions of meaning: docs/convention-argent.md).
  std::sort(lines.begin(), lines.end(),
            [](const Depense *a, const Depense *b) { return a->date != b->date ? a->date < b->date : a->id < b->id; });
  return lines;
}

// What a payment adds to what was paid: a repayment takes from it.
feel::Number paid(const Versement &payment) {
  return payment.sens == sens_remboursement ? minus(feel::Number(0), payment.montant) : payment.montant;
}

class Statement {
public:
  Statement(const Pack &pack, const Registre &registre, const Versements &versements, const feel::Value &faits,
            feel::Date date, const Options &options, bool amounts_alone = false)
      : pack_(pack), decisions_(pack, date, options), facts_(checked_facts(pack, faits)),
        amounts_alone_(amounts_alone) {
    for (const std::string_view role :
         {"verdict_depense", "dans_la_periode", "part_etat", "autofinancement", "solde", "trop_percu"})
      decisions_.require(role);
    const std::array<std::string_view, 3> cap{"frais_plafonnes", "plafond_frais", "verdict_plafond"};
    capped_ = std::any_of(cap.begin(), cap.end(), [&](std::string_view role) { return decisions_.has(role); });
    if (capped_)
      for (const std::string_view role : cap)
        decisions_.require(role);
    if (pack.data("budget") != nullptr)
      budget_ = read_budget(pack, options, date);

    etat_.pack_id = pack.id();
    etat_.pack_version = pack.version();
    etat_.pack_sha256 = pack.sha256();
    etat_.date = date;
    etat_.lignes_refusees = registre.lecture.refuses_total;
    facts_.set("date_etat", date);
    if (budget_)
      facts_.set("cout_budget", budget_->total_ecrit); // the pack reads its own computation in it

    judge(lines_until(registre, date));
    etat_.lignes_posterieures = registre.depenses.size() - etat_.lignes.size();
    cut();
    total();
    pay(versements);
    share();
    account(registre.lecture);
    account(versements.lecture);
    if (budget_)
      etat_.constats = budget_->constats;
    etat_.parametres = decisions_.parametres();
  }

  std::set<std::string> lectures() const { return decisions_.lectures(); }
  EtatDesDepenses take() && { return std::move(etat_); }

private:
  void account(const CompteRendu &reading) {
    etat_.refus.insert(etat_.refus.end(), reading.refuses.begin(), reading.refuses.end());
    etat_.fautes_non_detaillees += reading.fautes_non_detaillees;
    etat_.avertissements.insert(etat_.avertissements.end(), reading.avertissements.begin(),
                                reading.avertissements.end());
  }

  // The verdict on each line, the cap left aside.
  void judge(const std::vector<const Depense *> &lines) {
    etat_.lignes.reserve(lines.size());
    for (const Depense *expense : lines) {
      LigneEtat line;
      line.depense = *expense;
      line.dans_la_periode = decisions_.line_boolean("dans_la_periode", *expense, etat_.date);
      if (line.dans_la_periode)
        etat_.cout_total = plus(etat_.cout_total, expense->montant);
      set_verdict(line, decisions_.line("verdict_depense", *expense, etat_.date));
      if (capped_)
        line.frais_plafonnes = decisions_.line_boolean("frais_plafonnes", *expense, etat_.date);
      if (line.dans_la_periode && !expense->cofinancement.empty() && decisions_.has("autre_subvention_etat") &&
          decisions_.line_boolean("autre_subvention_etat", *expense, etat_.date))
        etat_.autres_subventions_etat =
            plus(etat_.autres_subventions_etat, expense->montant_cofinance.value_or(feel::Number(0)));
      if (!amounts_alone_ && decisions_.has("drapeaux_depense"))
        set_flags(line, decisions_.line("drapeaux_depense", *expense, etat_.date).value);
      if (line.verdict == "retenue")
        line.retenu = expense->montant;
      etat_.lignes.push_back(std::move(line));
    }
    facts_.set("cout_total", etat_.cout_total);
  }

  static void set_verdict(LigneEtat &line, const Decisions::Answer &answer) {
    line.verdict = text_of(answer.value, "verdict");
    line.motif = text_of(answer.value, "motif");
    line.article = text_of(answer.value, "article");
    if (line.verdict == "retenue" || line.verdict == "ecartee" || line.verdict == "indetermine")
      return;
    if (answer.missing.empty())
      throw Error({Code::pack_role, Level::error, "the decision gives no verdict that is known: '" + line.verdict + "'",
                   "role 'verdict_depense'", "Give retenue, ecartee or indetermine."});
    line.verdict = "indetermine";
    line.motif = "Il manque " + listed(answer.missing) + ".";
  }

  static void set_flags(LigneEtat &line, const feel::Value &value) {
    if (value.is(feel::Kind::list))
      for (const feel::Value &flag : value.list())
        if (flag.is(feel::Kind::text))
          line.drapeaux.push_back(flag.text());
    if (value.is(feel::Kind::text)) // a list of one, opened by FEEL
      line.drapeaux.push_back(value.text());
  }

  // The cap on general and mission costs: what exceeds it is taken from the last lines.
  void cut() {
    if (!capped_)
      return;
    etat_.plafond_frais_generaux = decisions_.number("plafond_frais", facts_);
    feel::Number left = etat_.plafond_frais_generaux;
    for (LigneEtat &line : etat_.lignes) {
      if (!line.frais_plafonnes || line.verdict != "retenue")
        continue;
      const feel::Number amount = line.depense.montant;
      etat_.frais_generaux = plus(etat_.frais_generaux, amount);
      line.retenu = std::min(amount, left);
      line.depassement = minus(amount, line.retenu);
      left = minus(left, line.retenu);
      if (line.depassement.is_zero())
        continue;
      etat_.frais_generaux_ecartes = plus(etat_.frais_generaux_ecartes, line.depassement);
      const PackResult verdict = decisions_.line_after_cap(line.depense, line.retenu);
      set_verdict(line, {verdict.value, verdict.missing});
    }
  }

  Total &total_of(std::vector<Total> &totals, const std::string &code) {
    const auto found = std::find_if(totals.begin(), totals.end(), [&](const Total &t) { return t.code == code; });
    if (found != totals.end())
      return *found;
    Total total;
    total.code = total.libelle = code;
    return totals.emplace_back(std::move(total));
  }

  // The label that donnees/natures.json gives to a nature.
  std::string nature_label(const std::string &code) const {
    const feel::Value *data = pack_.data("natures");
    const feel::Value *list =
        data != nullptr && data->is(feel::Kind::context) ? data->context().find("natures") : nullptr;
    if (list != nullptr && list->is(feel::Kind::list))
      for (const feel::Value &entry : list->list())
        if (text_of(entry, "code") == code && !text_of(entry, "libelle").empty())
          return text_of(entry, "libelle");
    return code;
  }

  static void add(Total &total, const LigneEtat &line) {
    const feel::Number &amount = line.depense.montant;
    ++total.lignes;
    total.montant = plus(total.montant, amount);
    if (line.dans_la_periode)
      total.cout_total = plus(total.cout_total, amount);
    total.retenu = plus(total.retenu, line.retenu);
    if (line.verdict == "indetermine")
      total.indetermine = plus(total.indetermine, amount);
    else
      total.ecarte = plus(total.ecarte, minus(amount, line.retenu));
  }

  static void compare(Total &total) {
    if (!total.budget)
      return;
    total.ecart = minus(*total.budget, total.cout_total);
    total.depasse = total.ecart->is_negative();
  }

  void total() {
    if (budget_) {
      for (const LigneBudget &planned : budget_->lignes) {
        Total &total = total_of(etat_.par_action, planned.action);
        total.libelle = planned.libelle;
        total.budget = planned.montant;
      }
      etat_.total.budget = budget_->total;
    }
    for (const std::string &action : allowed_words(pack_, "action"))
      total_of(etat_.par_action, action);
    for (const std::string &nature : allowed_words(pack_, "nature"))
      total_of(etat_.par_nature, nature).libelle = nature_label(nature);
    etat_.total.code = "total";
    etat_.total.libelle = "Total";
    for (const LigneEtat &line : etat_.lignes) {
      add(total_of(etat_.par_action, line.depense.action), line);
      add(total_of(etat_.par_nature, line.depense.nature), line);
      add(etat_.total, line);
    }
    for (Total &total : etat_.par_action)
      compare(total);
    compare(etat_.total);
    etat_.depenses_eligibles = etat_.total.retenu;
    etat_.montant_indetermine = etat_.total.indetermine;
    etat_.montant_ecarte = etat_.total.ecarte;
  }

  void pay(const Versements &versements) {
    etat_.versements_refuses = versements.lecture.refuses_total;
    for (const Versement &payment : versements.versements) {
      if (payment.date > etat_.date) {
        ++etat_.versements_posterieurs;
        continue;
      }
      etat_.verse = plus(etat_.verse, paid(payment));
      if (payment.sens == sens_remboursement)
        etat_.rembourse = plus(etat_.rembourse, payment.montant);
    }
  }

  // What the pack answers, or the facts it lacks.
  std::optional<bool> boolean(std::string_view role) {
    if (!decisions_.has(role))
      return std::nullopt;
    const PackResult result = decisions_.call(role, facts_, true);
    if (result.value.is(feel::Kind::boolean))
      return result.value.boolean();
    etat_.manques.push_back({std::string(role), result.missing});
    return std::nullopt;
  }

  void share() {
    facts_.set("depenses_eligibles", etat_.depenses_eligibles);
    facts_.set("autres_subventions_etat", etat_.autres_subventions_etat);
    facts_.set("verse", etat_.verse);
    etat_.part_etat = decisions_.number("part_etat", facts_);
    etat_.autofinancement = decisions_.number("autofinancement", facts_);
    etat_.autofinancement_suffisant = boolean("autofinancement_suffisant");
    if (decisions_.has("premier_versement"))
      etat_.premier_versement = decisions_.number("premier_versement", facts_);
    etat_.solde = decisions_.number("solde", facts_);
    etat_.solde_exigible = boolean("solde_exigible");
    etat_.trop_percu = decisions_.number("trop_percu", facts_);
    etat_.trop_percu_exigible = boolean("trop_percu_exigible");
    for (const char *field : {"part_etat", "autofinancement", "premier_versement", "solde", "trop_percu"})
      explain(field);
  }

  void explain(const std::string &field) {
    const std::string role = "motif:" + field;
    if (!decisions_.has(role))
      return;
    const feel::Value value = decisions_.call(role, facts_).value;
    if (Motif motif{field, text_of(value, "motif"), text_of(value, "article")}; !motif.motif.empty())
      etat_.motifs.push_back(std::move(motif));
  }

  const Pack &pack_;
  Decisions decisions_;
  feel::Context facts_;
  bool amounts_alone_; // for another reading: nothing that changes no amount
  bool capped_ = false;
  std::optional<Budget> budget_;
  EtatDesDepenses etat_;
};

// The day on which the pack has a year controlled, by the values in force as that year begins.
feel::Date control_day(const Pack &pack, int annee, const Options &options) {
  Decisions decisions(pack, *feel::Date::from_civil(annee, 1, 1), options);
  const feel::Value day = decisions.call("date_controle", {{"annee_controle", annee}}).value;
  if (!day.is(feel::Kind::date))
    throw Error({Code::pack_role, Level::error, "the decision gives no date for the year " + std::to_string(annee),
                 "role 'date_controle'"});
  return day.date();
}

AutreLecture under(const Pack &pack, const Registre &registre, const Versements &versements, const feel::Value &faits,
                   feel::Date date, const Options &options, AutreLecture reading) {
  try {
    const EtatDesDepenses etat = Statement(pack, registre, versements, faits, date, options, true).take();
    reading.part_etat = etat.part_etat;
    reading.solde = etat.solde;
  } catch (const Error &) { // it lacks a fact, or is in error: the statement itself stands
  }
  return reading;
}

} // namespace

EtatDesDepenses etat_des_depenses(const Pack &pack, const Registre &registre, const Versements &versements,
                                  const feel::Value &faits, feel::Date date, const Options &options) {
  Statement statement(pack, registre, versements, faits, date, options);
  const std::set<std::string> readings = options.autres_lectures ? statement.lectures() : std::set<std::string>();
  EtatDesDepenses etat = std::move(statement).take();
  for (const std::string &name : readings) {
    const auto given = std::find_if(options.parametres.begin(), options.parametres.end(),
                                    [&](const auto &parameter) { return parameter.first == name; });
    const feel::Value value = given == options.parametres.end() ? pack.parameter_at(name, date).valeur : given->second;
    for (const ParameterReading &reading : pack.find_parameter(name)->lectures) {
      if (feel::identical(reading.valeur, value))
        continue;
      Options other = options;
      std::erase_if(other.parametres, [&](const auto &parameter) { return parameter.first == name; });
      other.parametres.emplace_back(name, reading.valeur);
      etat.autres_lectures.push_back(
          under(pack, registre, versements, faits, date, other, {name, value, reading.valeur, {}, {}}));
    }
  }
  return etat;
}

namespace {

Controle control_at(const Pack &pack, const Registre &registre, const Versements &versements, int annee,
                    std::optional<feel::Date> end, const Options &options) {
  Controle controle;
  controle.pack_id = pack.id();
  controle.pack_version = pack.version();
  controle.pack_sha256 = pack.sha256();
  controle.annee = annee;
  controle.final = end.has_value();
  controle.lignes_refusees = registre.lecture.refuses_total;
  controle.versements_refuses = versements.lecture.refuses_total;
  controle.date = end ? *end : control_day(pack, annee, options);
  const feel::Date previous = control_day(pack, annee - 1, options);
  controle.a_l_issue = pack.period_end() && controle.date >= *pack.period_end();
  Decisions decisions(pack, controle.date, options);
  decisions.require("controle_annuel");
  decisions.require("dans_la_periode");

  const auto in_year = [&](feel::Date date) { return date > previous; };
  for (const Depense *line : lines_until(registre, controle.date)) {
    if (!decisions.line_boolean("dans_la_periode", *line, controle.date))
      continue;
    controle.cout_realise = plus(controle.cout_realise, line->montant);
    if (in_year(line->date))
      controle.cout_annee = plus(controle.cout_annee, line->montant);
  }
  for (const Versement &payment : versements.versements) {
    if (payment.date > controle.date)
      continue;
    controle.verse = plus(controle.verse, paid(payment));
    if (in_year(payment.date))
      controle.verse_annee = plus(controle.verse_annee, paid(payment));
  }

  const PackResult result = decisions.call(
      "controle_annuel",
      {{"verse", controle.verse}, {"cout_realise", controle.cout_realise}, {"date_etat", controle.date}}, true);
  const feel::Value *conforming =
      result.value.is(feel::Kind::context) ? result.value.context().find("conforme") : nullptr;
  const feel::Value *excess = conforming == nullptr ? nullptr : result.value.context().find("excedent");
  if (conforming == nullptr || !conforming->is(feel::Kind::boolean) || excess == nullptr ||
      !excess->is(feel::Kind::number))
    throw Error(
        {Code::pack_role, Level::error, "the decision gives no {conforme, excedent}", "role 'controle_annuel'"});
  controle.conforme = conforming->boolean();
  controle.excedent = excess->number();
  controle.motif = text_of(result.value, "motif");
  controle.article = text_of(result.value, "article");
  if (decisions.has("depassement_maximum")) {
    const feel::Value beyond = decisions.call("depassement_maximum", {{"verse", controle.verse}}, true).value;
    const feel::Value *amount = beyond.is(feel::Kind::context) ? beyond.context().find("montant") : nullptr;
    if (amount == nullptr || !amount->is(feel::Kind::number))
      throw Error({Code::pack_role, Level::error, "the decision gives no {montant}", "role 'depassement_maximum'"});
    controle.depassement_maximum = amount->number();
    if (amount->number() > 0) {
      controle.motif_depassement = text_of(beyond, "motif");
      controle.article_depassement = text_of(beyond, "article");
    }
  }
  for (const ParameterUse &use : decisions.parametres())
    if (use.given)
      controle.parametres.push_back(use);
  return controle;
}

} // namespace

Controle controle(const Pack &pack, const Registre &registre, const Versements &versements, int annee,
                  const Options &options) {
  const int first = static_cast<int>(pack.period_start().civil().year);
  const int last = pack.period_end() ? static_cast<int>(pack.period_end()->civil().year) : 9999;
  if (annee < first || annee > last)
    throw Error({Code::api_argument,
                 Level::error,
                 "the year " + std::to_string(annee) + " is outside the convention, " + std::to_string(first) + " to " +
                     std::to_string(last),
                 {}});
  return control_at(pack, registre, versements, annee, std::nullopt, options);
}

Controle controle_final(const Pack &pack, const Registre &registre, const Versements &versements,
                        const Options &options) {
  Decisions decisions(pack, pack.period_end().value_or(pack.period_start()), options);
  const feel::Value day = decisions.call("date_controle_final", {}).value;
  if (!day.is(feel::Kind::date))
    throw Error({Code::pack_role, Level::error, "the decision gives no date", "role 'date_controle_final'"});
  return control_at(pack, registre, versements, static_cast<int>(day.date().civil().year), day.date(), options);
}

std::pair<std::string, feel::Value> parse_parametre(const Pack &pack, std::string_view name, std::string_view text) {
  const PackParameter *parameter = pack.find_parameter(name);
  if (parameter == nullptr) {
    std::vector<std::string> known;
    for (const PackParameter &other : pack.parameters())
      known.push_back(other.nom);
    throw Error({Code::pack_unknown_fact, Level::error, unknown("parameter", name, known), {}});
  }
  const auto refuse = [&](const std::string &expected) {
    throw Error({Code::pack_parameter_type, Level::error,
                 "'" + shortened(text) + "' is no value of the parameter '" + parameter->nom + "': " + expected,
                 "parameter '" + parameter->nom + "'"});
  };
  const auto parsed = [&](auto value) -> feel::Value {
    if (!value)
      refuse("a " + parameter->type + " is expected");
    return *value;
  };
  feel::Value value;
  if (parameter->type == "number")
    value = parsed(feel::Number::parse(text));
  else if (parameter->type == "date")
    value = parsed(feel::Date::parse(text));
  else if (parameter->type == "days and time duration")
    value = parsed(feel::DaysDuration::parse(text));
  else if (parameter->type == "years and months duration")
    value = parsed(feel::MonthsDuration::parse(text));
  else if (parameter->type == "boolean")
    value = parsed(text == "true" || text == "oui"    ? std::optional(true)
                   : text == "false" || text == "non" ? std::optional(false)
                                                      : std::nullopt);
  else
    value = text;
  if (!parameter->lectures.empty() &&
      std::none_of(parameter->lectures.begin(), parameter->lectures.end(),
                   [&](const ParameterReading &reading) { return feel::identical(reading.valeur, value); })) {
    std::string readings;
    for (const ParameterReading &reading : parameter->lectures)
      readings += (readings.empty() ? "" : ", ") + reading.valeur.to_string();
    refuse("its readings are " + readings);
  }
  return {parameter->nom, std::move(value)};
}

} // namespace spie::convention
