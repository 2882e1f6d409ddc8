// The records of the money as tables: their JSON, their classes in Python (spie.convention) and their schemas
// (docs/schemas/resultats/convention.*.json). What a field means stands with its struct.
#pragma once

#include "rules/pack/records.hpp"
#include "rules/record/record.hpp"
#include "spie/convention/echeancier.hpp"
#include "spie/convention/etat.hpp"
#include "spie/convention/registre.hpp"

namespace spie::record {

template <> struct Table<convention::CalculBudget> {
  using Record = convention::CalculBudget;
  static constexpr Title title{"CalculBudget", "convention", "The computation that a text writes beside an amount."};
  static constexpr std::tuple fields{
      Field{"quantite", &Record::quantite},
      Field{"prix_unitaire", &Record::prix_unitaire, {}, euros},
      Field{"periodes", &Record::periodes},
      Field{"attendu", &Record::attendu, "What they give.", euros},
  };
};

template <> struct Table<convention::DetailBudget> {
  using Record = convention::DetailBudget;
  static constexpr Title title{"DetailBudget", "convention",
                               "`montant` is what holds under the reading, `montant_ecrit` what the text writes."};
  static constexpr std::tuple fields{
      Field{"libelle", &Record::libelle},
      Field{"montant", &Record::montant, {}, euros},
      Field{"montant_ecrit", &Record::montant_ecrit, {}, euros},
      Field{"source", &Record::source, "Place in the text."},
      Field{"calcul", &Record::calcul, {}, left_out},
  };
};

template <> struct Table<convention::LigneBudget> {
  using Record = convention::LigneBudget;
  static constexpr Title title{"LigneBudget", "convention", "A line of the budget: an action."};
  static constexpr std::tuple fields{
      Field{"action", &Record::action},
      Field{"libelle", &Record::libelle},
      Field{"nature", &Record::nature},
      Field{"montant", &Record::montant, {}, euros},
      Field{"montant_ecrit", &Record::montant_ecrit, {}, euros},
      Field{"source", &Record::source, "Place in the text."},
      Field{"detail", &Record::detail, "Empty when the text does not split the amount."},
  };
};

template <> struct Table<convention::Budget> {
  using Record = convention::Budget;
  static constexpr Title title{"Budget", "convention",
                               "The budget of the convention, its sums checked: `constats` says what does not add up."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"titre", &Record::titre},
      Field{"monnaie", &Record::monnaie},
      Field{"article", &Record::article},
      Field{"source", &Record::source},
      Field{"lignes", &Record::lignes},
      Field{"total", &Record::total, "The sum of the lines.", euros},
      Field{"total_ecrit", &Record::total_ecrit, {}, euros},
      Field{"totaux", &Record::totaux, "Those that the text writes.", euros},
      Field{"constats", &Record::constats},
  };
};

template <> struct Table<convention::Depense> {
  using Record = convention::Depense;
  static constexpr Title title{"Depense", "convention", "A line of the ledger."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"date", &Record::date},
      Field{"action", &Record::action},
      Field{"nature", &Record::nature},
      Field{"libelle", &Record::libelle},
      Field{"fournisseur", &Record::fournisseur},
      Field{"montant", &Record::montant, {}, euros},
      Field{"axe", &Record::axe, {}, or_null},
      Field{"date_paiement", &Record::date_paiement, "None: unpaid."},
      Field{"piece", &Record::piece, "The supporting document.", or_null},
      Field{"necessaire", &Record::necessaire, {}, or_null},
      Field{"cofinancement", &Record::cofinancement, "\"etat:NOM\" or \"autre:NOM\".", or_null},
      Field{"montant_cofinance", &Record::montant_cofinance, {}, euros},
  };
};

template <> struct Table<convention::Versement> {
  using Record = convention::Versement;
  static constexpr Title title{"Versement", "convention",
                               "A payment received, or (sens: \"remboursement\") what of it was paid back."};
  static constexpr std::tuple fields{
      Field{"date", &Record::date},
      Field{"montant", &Record::montant, {}, euros},
      Field{"libelle", &Record::libelle},
      Field{"sens", &Record::sens},
  };
};

template <> struct Table<convention::Refus> {
  using Record = convention::Refus;
  static constexpr Title title{"Refus", "convention", "A fault of a line that was refused."};
  static constexpr std::tuple fields{
      Field{"enregistrement", &Record::enregistrement, "Rank among the records received, from 1."},
      Field{"ligne", &Record::ligne, "Of the file, where the record begins; none in JSON.", or_null},
      Field{"champ", &Record::champ, "Empty when the fault is of the whole line.", or_null},
      Field{"valeur", &Record::valeur, {}, or_null},
      Field{"portee", Constant{"enregistrement"}},
      Field{"", &Record::diagnostic, {}, 0, "diagnostic"},
  };
};

template <> struct Table<convention::CompteRendu> {
  using Record = convention::CompteRendu;
  static constexpr Title title{"CompteRendu", "convention", "The account of a reading: recus = lus + refuses_total."};
  static constexpr std::tuple fields{
      Field{"fichier", &Record::fichier},
      Field{"unite", Constant{"ligne"}, "What is counted."},
      Field{"recus", &Record::recus},
      Field{"lus", &Record::lus},
      Field{"refuses_total", &Record::refuses_total},
      Field{"refuses", &Record::refuses, "The first thousand faults."},
      Field{"fautes_non_detaillees", &Record::fautes_non_detaillees, "Those beyond."},
      Field{"avertissements", &Record::avertissements},
  };
};

template <> struct Table<convention::Registre> {
  using Record = convention::Registre;
  static constexpr Title title{"Registre", "convention", "A ledger of expenses, as it was read.", false};
  static constexpr std::tuple fields{
      Field{"depenses", &Record::depenses},
      Field{"lecture", &Record::lecture},
  };
};

template <> struct Table<convention::Versements> {
  using Record = convention::Versements;
  static constexpr Title title{"Versements", "convention", "The payments received, as they were read.", false};
  static constexpr std::tuple fields{
      Field{"versements", &Record::versements},
      Field{"lecture", &Record::lecture},
  };
};

template <> struct Table<convention::LigneEtat> {
  using Record = convention::LigneEtat;
  static constexpr Title title{
      "LigneEtat", "convention",
      "A line of the statement: its verdict, why, by which article, and what is retained of it."};
  static constexpr auto fields =
      std::tuple_cat(fields_of(&Record::depense),
                     std::tuple{
                         Field{"verdict", &Record::verdict, "\"retenue\", \"ecartee\" or \"indetermine\"."},
                         Field{"motif", &Record::motif},
                         Field{"article", &Record::article, {}, or_null},
                         Field{"retenu", &Record::retenu, "Below `montant` when the cap cuts the line.", euros},
                         Field{"depassement", &Record::depassement, "What of the line is above the cap.", euros},
                         Field{"drapeaux", &Record::drapeaux},
                         Field{"dans_la_periode", &Record::dans_la_periode, "Counts in cout_total."},
                         Field{"frais_plafonnes", &Record::frais_plafonnes, "Falls under the cap of general costs."},
                     });
};

template <> struct Table<convention::Total> {
  using Record = convention::Total;
  static constexpr Title title{"Total", "convention",
                               "Of an action or of a nature: montant = retenu + ecarte + indetermine."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"libelle", &Record::libelle},
      Field{"lignes", &Record::lignes, "How many."},
      Field{"budget", &Record::budget, "Annexe C gives amounts by action, none by nature.", euros},
      Field{"cout_total", &Record::cout_total, "Of the lines inside the period.", euros},
      Field{"ecart", &Record::ecart, "budget − cout_total: below zero when the budget is exceeded.", euros},
      Field{"depasse", &Record::depasse},
      Field{"montant", &Record::montant, {}, euros},
      Field{"retenu", &Record::retenu, {}, euros},
      Field{"ecarte", &Record::ecarte, {}, euros},
      Field{"indetermine", &Record::indetermine, {}, euros},
  };
};

template <> struct Table<convention::Manque> {
  using Record = convention::Manque;
  static constexpr Title title{"Manque", "convention",
                               "What the facts leave open: a field of the statement, and the facts it lacks."};
  static constexpr std::tuple fields{
      Field{"champ", &Record::champ},
      Field{"faits", &Record::faits},
  };
};

template <> struct Table<convention::AutreLecture> {
  using Record = convention::AutreLecture;
  static constexpr Title title{"AutreLecture", "convention",
                               "What the statement would be under another reading of the text, all else equal."};
  static constexpr std::tuple fields{
      Field{"parametre", &Record::parametre},
      Field{"valeur", &Record::valeur, "What the statement takes."},
      Field{"autre", &Record::autre, "What it would take."},
      Field{"part_etat", &Record::part_etat, "None where that reading lacks a fact or is in error.", euros},
      Field{"solde", &Record::solde, {}, euros},
  };
};

template <> struct Table<convention::Motif> {
  using Record = convention::Motif;
  static constexpr Title title{"Motif", "convention",
                               "Why a field of the statement is what it is, in the pack's words."};
  static constexpr std::tuple fields{
      Field{"champ", &Record::champ},
      Field{"motif", &Record::motif},
      Field{"article", &Record::article, {}, or_null},
  };
};

template <> struct Table<convention::EtatDesDepenses> {
  using Record = convention::EtatDesDepenses;
  static constexpr Title title{"EtatDesDepenses", "convention",
                               "The statement of expenses at a date. Amounts in euros, to the cent."};
  static constexpr auto fields = std::tuple_cat(
      pack_fields<Record>(),
      std::tuple{
          Field{"date", &Record::date},
          Field{"cout_total", &Record::cout_total, "Of the lines inside the period, eligible or not.", euros},
          Field{"depenses_eligibles", &Record::depenses_eligibles, "The sum of `retenu`, gross of co-financing.",
                euros},
          Field{"montant_indetermine", &Record::montant_indetermine, "Of the undecided lines.", euros},
          Field{"montant_ecarte", &Record::montant_ecarte, "The total of the lines less the two above.", euros},
          Field{"frais_generaux", &Record::frais_generaux, "Eligible general and mission costs before the cap.", euros},
          Field{"plafond_frais_generaux", &Record::plafond_frais_generaux, {}, euros},
          Field{"frais_generaux_ecartes", &Record::frais_generaux_ecartes, "The excess over the cap.", euros},
          Field{"autres_subventions_etat", &Record::autres_subventions_etat, {}, euros},
          Field{"part_etat", &Record::part_etat, {}, euros},
          Field{"autofinancement", &Record::autofinancement, {}, euros},
          Field{"autofinancement_suffisant", &Record::autofinancement_suffisant,
                "None when the pack has no such decision."},
          Field{"premier_versement", &Record::premier_versement, {}, euros},
          Field{"verse", &Record::verse, "Payments less repayments, up to the date.", euros},
          Field{"rembourse", &Record::rembourse, {}, euros},
          Field{"solde", &Record::solde, {}, euros},
          Field{"solde_exigible", &Record::solde_exigible, "None: the facts do not say; see `manques`."},
          Field{"trop_percu", &Record::trop_percu, {}, euros},
          Field{"trop_percu_exigible", &Record::trop_percu_exigible, "None: the facts do not say; see `manques`."},
          Field{"manques", &Record::manques},
          Field{"motifs", &Record::motifs},
          Field{"autres_lectures", &Record::autres_lectures},
          Field{"constats", &Record::constats, "What does not add up in the budget."},
          Field{"avertissements", &Record::avertissements, "Of the reading of the ledger and of the payments."},
          Field{"refus", &Record::refus, "Of the ledger, then of the payments."},
          Field{"fautes_non_detaillees", &Record::fautes_non_detaillees},
          Field{"par_action", &Record::par_action},
          Field{"par_nature", &Record::par_nature},
          Field{"total", &Record::total},
          Field{"parametres", &Record::parametres, "Those that the statement rests on."},
          Field{"lignes_posterieures", &Record::lignes_posterieures, "Dated after the date: left out."},
          Field{"versements_posterieurs", &Record::versements_posterieurs},
          Field{"lignes_refusees", &Record::lignes_refusees, "When the ledger was read: they are in no amount."},
          Field{"versements_refuses", &Record::versements_refuses},
          Field{"lignes", &Record::lignes, "By date, then id."},
      });
};

template <> struct Table<convention::Controle> {
  using Record = convention::Controle;
  static constexpr Title title{
      "Controle", "convention",
      "Article 8: that what was paid does not exceed the cost, at the end of a year or of all."};
  static constexpr auto fields =
      std::tuple_cat(pack_fields<Record>(),
                     std::tuple{
                         Field{"annee", &Record::annee},
                         Field{"final", &Record::final},
                         Field{"date", &Record::date},
                         Field{"a_l_issue", &Record::a_l_issue, "The convention has ended by then."},
                         Field{"verse", &Record::verse, {}, euros},
                         Field{"cout_realise", &Record::cout_realise, {}, euros},
                         Field{"verse_annee", &Record::verse_annee, {}, euros},
                         Field{"cout_annee", &Record::cout_annee, {}, euros},
                         Field{"conforme", &Record::conforme},
                         Field{"excedent", &Record::excedent, "Of what was paid over the cost.", euros},
                         Field{"motif", &Record::motif},
                         Field{"article", &Record::article, {}, or_null},
                         Field{"depassement_maximum", &Record::depassement_maximum,
                               "Paid beyond the maximum of the convention, which article 8 does not look at.", euros},
                         Field{"motif_depassement", &Record::motif_depassement, {}, or_null},
                         Field{"article_depassement", &Record::article_depassement, {}, or_null},
                         Field{"parametres", &Record::parametres, "Those that were given another value."},
                         Field{"lignes_refusees", &Record::lignes_refusees},
                         Field{"versements_refuses", &Record::versements_refuses},
                     });
};

template <> struct Table<convention::Echeance> {
  using Record = convention::Echeance;
  static constexpr Title title{"Echeance", "convention", "A duty, who owes it, and whether it is done, due or late."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"libelle", &Record::libelle},
      Field{"debiteur", &Record::debiteur},
      Field{"genre", &Record::genre, "\"obligation\", \"ouverture\" or \"repere\"."},
      Field{"etat", &Record::etat},
      Field{"date", &Record::date, "None: recurrent, or its trigger is not known."},
      Field{"fin", &Record::fin, "Of a recurrent duty: the last day it may arise."},
      Field{"faite_le", &Record::faite_le},
      Field{"article", &Record::article, {}, or_null},
      Field{"recurrence", &Record::recurrence, {}, or_null},
      Field{"declencheur", &Record::declencheur, {}, or_null},
      Field{"condition", &Record::condition, {}, or_null},
      Field{"manquants", &Record::manquants, "The facts that would date it."},
  };
};

template <> struct Table<convention::Echeancier> {
  using Record = convention::Echeancier;
  static constexpr Title title{"Echeancier", "convention", "Every duty of the convention at a date."};
  static constexpr auto fields =
      std::tuple_cat(pack_fields<Record>(), std::tuple{
                                                Field{"date", &Record::date},
                                                Field{"echeances", &Record::echeances, "Dated ones first, by date."},
                                            });
};

} // namespace spie::record
