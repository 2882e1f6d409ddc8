// The statement and the control as data, and as the two tables of a spreadsheet.
#include "insertion/convention/data.hpp"
#include "insertion/convention/money.hpp"
#include "text/csv_text.hpp"

#include "spie/convention/etat.hpp"
#include "spie/dmn/values.hpp"
#include "spie/pack/values.hpp"

namespace spie::convention {

namespace {

feel::Value amount_or_null(const std::optional<feel::Number> &amount) {
  return amount ? feel::Value(euros(*amount)) : feel::Value();
}
feel::Value boolean_or_null(const std::optional<bool> &boolean) {
  return boolean ? feel::Value(*boolean) : feel::Value();
}
feel::List texts(const std::vector<std::string> &words) { return {words.begin(), words.end()}; }

feel::Value to_value(const LigneEtat &line) {
  feel::Context value = depense_value(line.depense);
  value.set("verdict", line.verdict);
  value.set("motif", line.motif);
  value.set("article", text_or_null(line.article));
  value.set("retenu", euros(line.retenu));
  value.set("depassement", euros(line.depassement));
  value.set("drapeaux", texts(line.drapeaux));
  value.set("dans_la_periode", line.dans_la_periode);
  value.set("frais_plafonnes", line.frais_plafonnes);
  return value;
}

feel::Value to_value(const Total &total) {
  return feel::Context{{"code", total.code},
                       {"libelle", total.libelle},
                       {"lignes", count(total.lignes)},
                       {"budget", amount_or_null(total.budget)},
                       {"cout_total", euros(total.cout_total)},
                       {"ecart", amount_or_null(total.ecart)},
                       {"depasse", total.depasse},
                       {"montant", euros(total.montant)},
                       {"retenu", euros(total.retenu)},
                       {"ecarte", euros(total.ecarte)},
                       {"indetermine", euros(total.indetermine)}};
}

feel::Value to_value(const AutreLecture &reading) {
  return feel::Context{{"parametre", reading.parametre},
                       {"valeur", reading.valeur},
                       {"autre", reading.autre},
                       {"part_etat", amount_or_null(reading.part_etat)},
                       {"solde", amount_or_null(reading.solde)}};
}

feel::Value to_value(const Motif &motif) {
  return feel::Context{{"champ", motif.champ}, {"motif", motif.motif}, {"article", text_or_null(motif.article)}};
}

template <class Record> feel::List to_values(const std::vector<Record> &records) {
  feel::List list;
  for (const Record &record : records)
    list.push_back(to_value(record));
  return list;
}

feel::List to_values(const std::vector<ParameterUse> &uses) {
  feel::List list;
  for (const ParameterUse &use : uses)
    list.push_back(spie::to_value(use));
  return list;
}

std::string amount(const feel::Number &euros_) { return csv_amount(euros_); }
std::string amount(const std::optional<feel::Number> &euros_) { return euros_ ? amount(*euros_) : std::string(); }
std::string yes_or_no(const std::optional<bool> &boolean) {
  return !boolean ? "indéterminé" : *boolean ? "oui" : "non";
}

void write_lines(const EtatDesDepenses &etat, CsvText &csv) {
  csv.row({"id", "date", "action", "nature", "libelle", "fournisseur", "montant", "verdict", "retenu", "depassement",
           "motif", "article", "drapeaux", "date_paiement", "piece", "cofinancement", "montant_cofinance"});
  for (const LigneEtat &line : etat.lignes) {
    const Depense &expense = line.depense;
    std::string flags;
    for (const std::string &flag : line.drapeaux)
      flags += (flags.empty() ? "" : " ") + flag;
    csv.row({foreign(expense.id), expense.date.to_string(), expense.action, expense.nature, foreign(expense.libelle),
             foreign(expense.fournisseur), amount(expense.montant), line.verdict, amount(line.retenu),
             amount(line.depassement), line.motif, line.article, flags,
             expense.date_paiement ? expense.date_paiement->to_string() : std::string(), foreign(expense.piece),
             expense.cofinancement, amount(expense.montant_cofinance)});
  }
}

void write_totals(const EtatDesDepenses &etat, CsvText &csv) {
  csv.row({"rubrique", "code", "libelle", "lignes", "budget", "cout_total", "ecart", "montant", "retenu", "ecarte",
           "indetermine"});
  const auto row = [&](const std::string &heading, const Total &total) {
    csv.row({heading, total.code, foreign(total.libelle), std::to_string(total.lignes), amount(total.budget),
             amount(total.cout_total), amount(total.ecart), amount(total.montant), amount(total.retenu),
             amount(total.ecarte), amount(total.indetermine)});
  };
  for (const Total &total : etat.par_action)
    row("action", total);
  for (const Total &total : etat.par_nature)
    row("nature", total);
  row("total", etat.total);
  const auto sum = [&](const std::string &code, const std::string &label, const std::string &value) {
    csv.row({"synthese", code, label, "", "", "", "", value, "", "", ""});
  };
  sum("date", "Arrêté au", etat.date.to_string());
  sum("cout_total", "Coût total du projet sur la période", amount(etat.cout_total));
  sum("depenses_eligibles", "Dépenses éligibles", amount(etat.depenses_eligibles));
  sum("montant_indetermine", "Dépenses indéterminées", amount(etat.montant_indetermine));
  sum("montant_ecarte", "Dépenses écartées", amount(etat.montant_ecarte));
  sum("frais_generaux", "Frais généraux et de mission éligibles", amount(etat.frais_generaux));
  sum("plafond_frais_generaux", "Plafond de ces frais", amount(etat.plafond_frais_generaux));
  sum("frais_generaux_ecartes", "Frais au-dessus du plafond", amount(etat.frais_generaux_ecartes));
  sum("autres_subventions_etat", "Autres subventions de l'État", amount(etat.autres_subventions_etat));
  sum("part_etat", "Part de l'État", amount(etat.part_etat));
  sum("autofinancement", "Autofinancement", amount(etat.autofinancement));
  sum("autofinancement_suffisant", "Autofinancement suffisant", yes_or_no(etat.autofinancement_suffisant));
  sum("verse", "Versé, remboursements déduits", amount(etat.verse));
  sum("rembourse", "Remboursé", amount(etat.rembourse));
  sum("solde", "Solde", amount(etat.solde));
  sum("solde_exigible", "Solde exigible", yes_or_no(etat.solde_exigible));
  sum("trop_percu", "Trop-perçu", amount(etat.trop_percu));
  sum("trop_percu_exigible", "Trop-perçu exigible", yes_or_no(etat.trop_percu_exigible));
  sum("lignes_refusees", "Lignes refusées à la lecture", std::to_string(etat.lignes_refusees));
  sum("versements_refuses", "Versements refusés à la lecture", std::to_string(etat.versements_refuses));
  for (const AutreLecture &reading : etat.autres_lectures) {
    const std::string other = reading.parametre + "=" + reading.autre.to_string();
    sum("part_etat:" + other, "Part de l'État si " + other, amount(reading.part_etat));
    sum("solde:" + other, "Solde si " + other, amount(reading.solde));
  }
}

} // namespace

feel::Value to_value(const EtatDesDepenses &etat) {
  feel::List lines;
  lines.reserve(etat.lignes.size());
  for (const LigneEtat &line : etat.lignes)
    lines.push_back(to_value(line));
  feel::List open;
  for (const Manque &manque : etat.manques)
    open.emplace_back(feel::Context{{"champ", manque.champ}, {"faits", texts(manque.faits)}});
  return feel::Context{{"pack", pack_value(etat)},
                       {"date", etat.date.to_string()},
                       {"cout_total", euros(etat.cout_total)},
                       {"depenses_eligibles", euros(etat.depenses_eligibles)},
                       {"montant_indetermine", euros(etat.montant_indetermine)},
                       {"montant_ecarte", euros(etat.montant_ecarte)},
                       {"frais_generaux", euros(etat.frais_generaux)},
                       {"plafond_frais_generaux", euros(etat.plafond_frais_generaux)},
                       {"frais_generaux_ecartes", euros(etat.frais_generaux_ecartes)},
                       {"autres_subventions_etat", euros(etat.autres_subventions_etat)},
                       {"part_etat", euros(etat.part_etat)},
                       {"autofinancement", euros(etat.autofinancement)},
                       {"autofinancement_suffisant", boolean_or_null(etat.autofinancement_suffisant)},
                       {"premier_versement", amount_or_null(etat.premier_versement)},
                       {"verse", euros(etat.verse)},
                       {"rembourse", euros(etat.rembourse)},
                       {"solde", euros(etat.solde)},
                       {"solde_exigible", boolean_or_null(etat.solde_exigible)},
                       {"trop_percu", euros(etat.trop_percu)},
                       {"trop_percu_exigible", boolean_or_null(etat.trop_percu_exigible)},
                       {"manques", std::move(open)},
                       {"motifs", to_values(etat.motifs)},
                       {"autres_lectures", to_values(etat.autres_lectures)},
                       {"constats", spie::to_value(etat.constats)},
                       {"avertissements", spie::to_value(etat.avertissements)},
                       {"refus", to_values(etat.refus)},
                       {"fautes_non_detaillees", count(etat.fautes_non_detaillees)},
                       {"par_action", to_values(etat.par_action)},
                       {"par_nature", to_values(etat.par_nature)},
                       {"total", to_value(etat.total)},
                       {"parametres", to_values(etat.parametres)},
                       {"lignes_posterieures", count(etat.lignes_posterieures)},
                       {"versements_posterieurs", count(etat.versements_posterieurs)},
                       {"lignes_refusees", count(etat.lignes_refusees)},
                       {"versements_refuses", count(etat.versements_refuses)},
                       {"lignes", std::move(lines)}};
}

std::string write_csv(const EtatDesDepenses &etat, Tableau tableau) {
  CsvText csv;
  if (tableau == Tableau::lignes)
    write_lines(etat, csv);
  else
    write_totals(etat, csv);
  return std::move(csv).take();
}

feel::Value to_value(const Controle &controle) {
  return feel::Context{{"pack", pack_value(controle)},
                       {"annee", static_cast<std::int64_t>(controle.annee)},
                       {"final", controle.final},
                       {"date", controle.date.to_string()},
                       {"a_l_issue", controle.a_l_issue},
                       {"verse", euros(controle.verse)},
                       {"cout_realise", euros(controle.cout_realise)},
                       {"verse_annee", euros(controle.verse_annee)},
                       {"cout_annee", euros(controle.cout_annee)},
                       {"conforme", controle.conforme},
                       {"excedent", euros(controle.excedent)},
                       {"motif", controle.motif},
                       {"article", text_or_null(controle.article)},
                       {"depassement_maximum", controle.depassement_maximum
                                                   ? feel::Value(euros(*controle.depassement_maximum))
                                                   : feel::Value()},
                       {"motif_depassement", text_or_null(controle.motif_depassement)},
                       {"article_depassement", text_or_null(controle.article_depassement)},
                       {"parametres", to_values(controle.parametres)},
                       {"lignes_refusees", count(controle.lignes_refusees)},
                       {"versements_refuses", count(controle.versements_refuses)}};
}

} // namespace spie::convention
