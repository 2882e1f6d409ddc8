#include "exchange/dsp_reader.hpp"

#include "exchange/flux_values.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::exchange::dsp {

namespace {

constexpr std::size_t most_elements = 20'000, most_bytes = std::size_t{1} << 20U; // of a request
constexpr std::size_t most_persons = 100, most_unknown = 200;

[[noreturn]] void refuse_format(std::string motif, std::string remede) {
  throw XmlFault{Code::import_format, 0, std::move(motif), std::move(remede)};
}

} // namespace

void Reader::open(std::string_view name) {
  if (depth_ == path_.size())
    path_.emplace_back();
  path_[depth_++] = name;
  if (depth_ == 1 && name != "Racine")
    refuse_format("la racine du document n'est pas « Racine » : ce n'est pas un flux VIRD ni VIRS",
                  "vérifier le format nommé");
  if (name == "InfosFoyerRSA")
    refuse_format("ce flux porte des foyers (InfosFoyerRSA) : c'est un flux de bénéficiaires",
                  "le lire sous le format « vrsb »");
  if (in_request_)
    measure(0);
  if (name == "InfoDemandeRSA" && depth_ == 2) {
    request_ = Demande();
    in_request_ = true;
    elements_ = size_ = 0;
  } else if (name == "Personne" && in_request_ && !in_person_) {
    in_person_ = true;
    Personne &person = request_.personnes.emplace_back();
    for (std::size_t i = 2; i + 1 < depth_; ++i)
      person.place += path_[i] + "/";
    person.place += "Personne[" + std::to_string(request_.personnes.size()) + "]";
  } else if (name == "Prestations") {
    benefit_.clear();
    role_.clear();
  } else if (name == "DonneesSocioProfessionnelles" && in_person_ && answers_at_ == 0) {
    answers_at_ = depth_;
  }
}

void Reader::close(std::string_view name, std::string_view text) {
  const std::size_t depth = depth_--;
  if (text = trimmed(text); !text.empty()) {
    if (in_request_)
      measure(text.size());
    if (in_person_)
      request_.personnes.back().brut.append(name).append(1, '=').append(text).append(1, '\n');
    if (depth_ > 0)
      value(path_[depth_ - 1], name, text);
  }
  if (depth == answers_at_)
    answers_at_ = 0;
  if (name == "Prestations") {
    end_benefit();
  } else if (name == "Personne" && in_person_ && path_[depth_] == name) {
    in_person_ = false;
  } else if (name == "IdentificationFlux" && depth == 2) {
    visitor_.flux(creation_);
  } else if (name == "InfoDemandeRSA" && depth == 2) {
    in_request_ = false;
    visitor_.demande(request_);
  }
}

// Of two benefits the RSA; the one there is when it has no name.
void Reader::end_benefit() {
  if (in_person_ && (benefit_ == "RSA" || (benefit_.empty() && request_.personnes.back().role.empty())))
    request_.personnes.back().role = role_;
}

void Reader::value(std::string_view parent, std::string_view name, std::string_view text) {
  if (parent == "IdentificationFlux" && name == "DTCREAFLUX")
    creation_ = read_date(text);
  else if (parent == "TransmissionFlux" && name == "NBTOTDEMRSATRANSM")
    visitor_.total(text);
  else if (in_person_)
    of_person(parent, name, text);
  else if (in_request_)
    of_request(parent, name, text);
}

void Reader::of_request(std::string_view parent, std::string_view name, std::string_view text) {
  if (parent == "Organisme") {
    if (name == "FONORG")
      request_.organisme = text;
    else if (name == "NUMORG")
      request_.numero_organisme = text;
    else if (name == "MATRICULE")
      request_.matricule = text;
  } else if (parent == "DemandeRSA" && name == "NUMDEMRSA") {
    request_.numero = text;
  }
}

// Nationality, residence permit, income, bank account: not read.
void Reader::of_person(std::string_view parent, std::string_view name, std::string_view text) {
  Personne &person = request_.personnes.back();
  if (const Question *question = question_of(parent, name)) {
    answer(*question, text);
    return;
  }
  if (answers_at_ != 0) {
    std::string shown = shortened(name, 60);
    if (unknown_.size() < most_unknown || unknown_.contains(shown))
      ++unknown_[std::move(shown)];
    return;
  }
  if (parent == "Prestations") {
    if (name == "NATPREST")
      benefit_ = text;
    else if (name == "ROLEPERS")
      role_ = text;
    return;
  }
  if (parent != "Identification")
    return;
  for (const auto &[field, held] : {std::pair{"QUAL", &person.civilite},
                                    {"NOM", &person.nom},
                                    {"NOMNAI", &person.nom_naissance},
                                    {"PRENOM", &person.prenom},
                                    {"DTNAI", &person.naissance},
                                    {"NIR", &person.nir},
                                    {"SEXE", &person.sexe},
                                    {"NOMCOMNAI", &person.commune_naissance}})
    if (name == field)
      *held = text;
}

void Reader::answer(const Question &question, std::string_view text) {
  auto &answers = request_.personnes.back().reponses;
  auto found =
      std::find_if(answers.begin(), answers.end(), [&](const Reponse &known) { return known.question == &question; });
  if (found == answers.end())
    found = answers.insert(answers.end(), {&question, {}});
  if (std::find(found->valeurs.begin(), found->valeurs.end(), text) == found->valeurs.end())
    found->valeurs.emplace_back(text);
}

void Reader::measure(std::size_t bytes) {
  size_ += bytes;
  if (++elements_ > most_elements || size_ > most_bytes || request_.personnes.size() > most_persons)
    throw XmlFault{Code::import_limit, 0,
                   "une demande est trop grande : au plus " + std::to_string(most_persons) + " personnes, " +
                       std::to_string(most_elements) + " éléments et " + std::to_string(most_bytes) + " octets",
                   "vérifier que le fichier est bien un flux VIRD ou VIRS"};
}

} // namespace spie::exchange::dsp
