// Households of a VRSB flow from its elements, each matched by its name and its parent's.
#pragma once

#include "exchange/vrsb_elements.hpp"
#include "exchange/xml_stream.hpp"
#include "spie/exchange/vrsb.hpp"

#include <array>

namespace spie::exchange::vrsb {

class Reader final : public XmlHandler {
public:
  explicit Reader(VisiteurVrsb &visitor) noexcept : visitor_(visitor) {}
  void open(std::string_view name) override;
  void close(std::string_view name, std::string_view text) override;
  // A household was begun and not ended.
  bool inside() const noexcept { return in_foyer_; }

private:
  void value(Element parent, Element element, std::string_view text);
  void of_flux(Element element, std::string_view text);
  void of_person(Element parent, Element element, std::string_view text);
  void of_identification(Element element, std::string_view text);
  void of_income(Element element, std::string_view text);
  void of_activity(Element element, std::string_view text);
  void of_household(Element parent, Element element, std::string_view text);
  void of_address(Element element, std::string_view text);
  void of_right(Element element, std::string_view text);
  void begin_household();
  void measure(std::size_t bytes);
  void end_benefit();
  void end_month();
  void end_flux();
  void end_household();

  // Empty when it cannot be read: the fault is noted.
  std::optional<feel::Date> date(Element element, std::string_view text);
  std::optional<feel::Number> amount(Element element, std::string_view text);
  std::optional<bool> flag(Element element, std::string_view text);
  void fault(FauteVrsb::Attendu expected, Element element, std::string_view text);
  Element parent() const noexcept { return depth_ >= 2 ? path_[depth_ - 2] : Element::autre; }

  VisiteurVrsb &visitor_;
  std::array<Element, 65> path_{}; // the elements that are open
  std::size_t depth_ = 0;
  FluxVrsb flux_;
  TotauxVrsb totaux_;
  FoyerVrsb foyer_;
  PersonneVrsb *person_ = nullptr; // the one that is open
  bool in_foyer_ = false;
  std::size_t elements_ = 0, size_ = 0;  // of the household that is open
  std::string benefit_, role_, depends_; // of the Prestations that is open
  std::optional<feel::Date> month_;      // of the RessourcesMensuelles that is open
  std::size_t first_of_month_ = 0;
};

} // namespace spie::exchange::vrsb
