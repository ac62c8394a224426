// The sections of the page, from top to bottom. Each takes the record and gives HTML; nothing where it has
// nothing to say.
#pragma once

#include <string>

#include "io/record.hpp"

namespace fpk::io::report {

std::string head_section(const Record& record);            ///< title, equations, verdict, the run in figures
std::string density_section(const Record& record);         ///< the laws at some times
std::string observables_section(const Record& record);     ///< expectations over time
std::string exits_section(const Record& record);           ///< what each absorbing face has taken
std::string distances_section(const Record& record);       ///< the laws' distances over time
std::string convergence_section(const Record& record);     ///< errors against step or cell width
std::string sgd_orders_section(const Record& record);      ///< orders in the learning rate, model by model
std::string spectrum_section(const Record& record);        ///< eigenvalues and eigenfunctions
std::string backward_section(const Record& record);        ///< expectations by the start
std::string estimate_section(const Record& record);        ///< multilevel Monte Carlo, level by level
std::string noise_section(const Record& record);           ///< the noise of stochastic gradients
std::string passage_section(const Record& record);         ///< first-passage times, committors, rates
std::string network_section(const Record& record);         ///< a network: training, curvature, noise
std::string reduction_section(const Record& record);       ///< and two of its directions
std::string claims_section(const Record& record);          ///< every claim with its evidence
std::string sgd_stationary_section(const Record& record);  ///< where the chains stay in the long run
std::string sgd_section(const Record& record);             ///< the chain of stochastic gradient descent
std::string numerics_section(const Record& record);        ///< how each road was walked
std::string case_section(const Record& record);            ///< notes, and the case file

/// The style of the page: light and dark, wide and narrow, screen and paper.
std::string style_sheet();

}  // namespace fpk::io::report
