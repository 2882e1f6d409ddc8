#include "credentials/verification/state.hpp"

#include <algorithm>
#include <utility>

namespace spie::credentials {

namespace {

constexpr std::size_t most_findings = 1'000;

constexpr bool always(Nom nom) noexcept {
  switch (nom) {
  case Nom::structure:
  case Nom::preuve:
  case Nom::cle:
  case Nom::emetteur:
  case Nom::statut:
  case Nom::dates:
    return true;
  case Nom::destinataire:
  case Nom::confiance:
  case Nom::avenants:
    break;
  }
  return false;
}

bool same(const Controle &a, const Controle &b) {
  return a.nom == b.nom && a.etat == b.etat && a.place == b.place && a.motif.en == b.motif.en;
}

} // namespace

namespace verification {

bool Run::requires_check(Nom nom) const noexcept {
  const auto asked = [&](Nom one) {
    return std::find(state.required.begin(), state.required.end(), one) != state.required.end();
  };
  if (always(nom))
    return true;
  return depth == 0 ? asked(nom) : nom != Nom::destinataire && asked(nom) && asked(Nom::avenants);
}

void Sheet::add(Nom nom, Etat etat, const Finding &finding) {
  if (found_.size() >= most_findings) { // what a hostile badge would make of them grows with their square
    if (found_.size() == most_findings)
      found_.push_back({Nom::structure,
                        Etat::echec,
                        Code::badge_limit,
                        {},
                        {"le badge a trop de défauts pour les dire tous", "the badge has too many faults to tell all"},
                        {"Demander le badge à l’émetteur", "Ask the issuer for the badge"}});
    return;
  }
  Words remedy = remedy_of(finding);
  Controle one{nom,
               etat,
               finding.code,
               finding.where,
               {finding.reason.fr, finding.reason.en},
               {std::move(remedy.fr), std::move(remedy.en)}};
  if (std::none_of(found_.begin(), found_.end(), [&](const Controle &other) { return same(one, other); }))
    found_.push_back(std::move(one));
}

void Sheet::add(Nom nom, const Finding &finding) {
  add(nom, finding.level == Level::error ? Etat::echec : Etat::avertissement, finding);
}

void Sheet::ok(Nom nom, std::string fr, std::string en, std::string place) {
  found_.push_back({nom, Etat::ok, {}, std::move(place), {std::move(fr), std::move(en)}, {}});
}

void Sheet::left(Nom nom, std::string fr, std::string en) {
  found_.push_back({nom, Etat::non_verifie, {}, {}, {std::move(fr), std::move(en)}, {}});
}

void Sheet::aside(Nom nom, std::string place, std::string fr, std::string en) {
  aside_.push_back({nom, Etat::non_verifie, {}, std::move(place), {std::move(fr), std::move(en)}, {}});
}

bool Sheet::has(Nom nom) const noexcept {
  return std::any_of(found_.begin(), found_.end(), [&](const Controle &one) { return one.nom == nom; });
}

Etat Sheet::worst(Nom nom) const noexcept {
  Rapport all;
  all.controles = found_;
  return all.etat(nom);
}

// Of several proofs the worst is told.
void Sheet::issuer(IssuerProof proof) {
  const auto told = static_cast<Emetteur>(proof);
  if (!issuer_ || *issuer_ < told)
    issuer_ = told;
}

Rapport Sheet::finish(const Run &run) && {
  for (const Nom nom : tous_les_noms)
    if (!has(nom))
      left(nom, "ce contrôle n’a pas pu être fait", "this check could not be made");
  Rapport report;
  report.emetteur = issuer_;
  report.verdict = Verdict::valide;
  for (const Controle &one : found_) {
    if (!run.requires_check(one.nom))
      continue;
    if (one.etat == Etat::echec)
      report.verdict = Verdict::invalide;
    else if (one.etat == Etat::non_verifie && report.verdict == Verdict::valide)
      report.verdict = Verdict::non_verifiable;
  }
  report.controles = std::move(found_);
  report.controles.insert(report.controles.end(), aside_.begin(), aside_.end());
  std::stable_sort(report.controles.begin(), report.controles.end(),
                   [](const Controle &a, const Controle &b) { return a.nom < b.nom; });
  return report;
}

const feel::Value *member(const feel::Value &object, std::string_view key) noexcept {
  return object.is(feel::Kind::context) ? object.context().find(key) : nullptr;
}

const std::string *text_at(const feel::Value &object, std::string_view key) noexcept {
  const feel::Value *found = member(object, key);
  return found != nullptr && found->is(feel::Kind::text) ? &found->text() : nullptr;
}

std::string id_of(const feel::Value *value) {
  if (value == nullptr)
    return {};
  if (value->is(feel::Kind::text))
    return value->text();
  const std::string *id = text_at(*value, "id");
  return id == nullptr ? std::string() : *id;
}

std::string issuer_of(const feel::Value &credential) { return id_of(member(credential, "issuer")); }

} // namespace verification
} // namespace spie::credentials
