// Requests of a VIRD0201 or VIRS0901 flow from their elements. The parent of Personne is contested between the sources:
// it is found at any depth under InfoDemandeRSA, and what is in it by the name of its own block.
#pragma once

#include "exchange/dsp_elements.hpp"
#include "exchange/xml_stream.hpp"
#include "spie/feel/temporal.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace spie::exchange::dsp {

struct Reponse {
  const Question *question = nullptr;
  std::vector<std::string> valeurs; // of a question that is not repeated: one, more when the flow contradicts itself
};

struct Personne {
  std::string place; // its path under the request: "IdentificationRSA/Personne[1]"
  std::string civilite, nom, nom_naissance, prenom, naissance, nir, sexe, commune_naissance;
  std::string role;
  std::vector<Reponse> reponses;
  std::string brut; // all that its elements hold, for its digest
};

struct Demande {
  std::string organisme, numero_organisme, matricule, numero;
  std::vector<Personne> personnes;
};

class Visiteur {
public:
  virtual ~Visiteur() = default;
  virtual void flux(std::optional<feel::Date> creation) = 0;
  virtual void demande(const Demande &demande) = 0;
  virtual void total(std::string_view announced) = 0;
};

class Reader final : public XmlHandler {
public:
  explicit Reader(Visiteur &visitor) noexcept : visitor_(visitor) {}
  void open(std::string_view name) override;
  void close(std::string_view name, std::string_view text) override;
  bool inside() const noexcept { return in_request_; } // a request was begun and not ended
  // Elements of the answers that no list has, with how often they came.
  const std::map<std::string, std::int64_t> &unknown() const noexcept { return unknown_; }

private:
  void value(std::string_view parent, std::string_view name, std::string_view text);
  void of_person(std::string_view parent, std::string_view name, std::string_view text);
  void of_request(std::string_view parent, std::string_view name, std::string_view text);
  void answer(const Question &question, std::string_view text);
  void measure(std::size_t bytes);
  void end_benefit();

  Visiteur &visitor_;
  std::vector<std::string> path_; // the elements that are open; strings are kept when it grows shorter
  std::size_t depth_ = 0;
  Demande request_;
  std::optional<feel::Date> creation_;
  bool in_request_ = false, in_person_ = false;
  std::size_t answers_at_ = 0; // depth of DonneesSocioProfessionnelles; 0 outside
  std::string benefit_, role_; // of the Prestations that is open
  std::size_t elements_ = 0, size_ = 0;
  std::map<std::string, std::int64_t> unknown_;
};

} // namespace spie::exchange::dsp
