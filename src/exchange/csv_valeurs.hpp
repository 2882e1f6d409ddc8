// A cell as the value of a field, by what the plan says of it.
#pragma once

#include "spie/dossier/contenu.hpp"
#include "spie/exchange/csv_plan.hpp"

#include <optional>
#include <string_view>

namespace spie::exchange {

bool is_forme(std::string_view forme) noexcept; // a form of dates that is known
std::optional<feel::Date> read_date_forme(std::string_view text, std::string_view forme) noexcept;
std::string write_date_forme(feel::Date date, std::string_view forme);
// 1234.5, 1234,50, 1 234,50: a separator before three digits is refused, it may be one of thousands.
std::optional<feel::Number> read_montant_csv(std::string_view text);

// nullopt when the cell is no value of that nature.
std::optional<feel::Value> convert(const PlanCsv &plan, const ChampPlan &from, dossier::Nature nature,
                                   std::string_view cell);

} // namespace spie::exchange
