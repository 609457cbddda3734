# Johnson's relative weights two ways, and Shapley shares of R2 (LMG) by all subsets. relaimpo is not
# in Debian: Genizi's decomposition is written out here. Reads drivers.csv, writes drivers_figures.csv.

data <- read.csv("drivers.csv")
found <- data.frame(case = character(), figure = character(), predictor = character(), value = numeric())
say <- function(case, figure, values) for (i in seq_along(values))
  found[nrow(found) + 1, ] <<- list(case, figure, as.character(i), values[i])

for (name in unique(data$case)) {
  some <- data[data$case == name, ]
  x <- some[, paste0("x", 1:6)]
  x <- as.matrix(x[, colSums(!is.na(x)) > 0, drop = FALSE])
  whole <- complete.cases(x, some$y)
  x <- x[whole, , drop = FALSE]; y <- some$y[whole]
  p <- ncol(x)
  # Johnson (2000): the nearest orthogonal variables Z = P Q' of the standardised predictors
  z <- scale(x) / sqrt(nrow(x) - 1)
  s <- svd(z)
  nearest <- s$u %*% t(s$v)
  beta <- t(nearest) %*% (scale(y) / sqrt(length(y) - 1))
  lambda <- t(nearest) %*% z
  say(name, "johnson", c(t(lambda)^2 %*% beta^2))
  # Genizi (1993): from the symmetric root of the correlation matrix, by regression on Z
  e <- eigen(cor(x), symmetric = TRUE)
  root <- e$vectors %*% diag(sqrt(e$values), p) %*% t(e$vectors)
  say(name, "genizi", c(root^2 %*% solve(root, cor(x, y))^2))
  subsets <- lapply(0:(2^p - 1), function(b) which(bitwAnd(b, 2^(0:(p - 1))) > 0))
  r2 <- sapply(subsets, function(s) if (length(s)) summary(lm(y ~ x[, s]))$r.squared else 0)
  lmg <- sapply(1:p, function(j) sum(sapply(seq_along(subsets), function(i) {
    s <- subsets[[i]]
    if (j %in% s) return(0)
    weight <- factorial(length(s)) * factorial(p - 1 - length(s)) / factorial(p)
    weight * (r2[i + 2^(j - 1)] - r2[i])
  })))
  say(name, "lmg", lmg)
  say(name, "correlation", c(cor(x, y)))
  found[nrow(found) + 1, ] <- list(name, "r2", "", r2[2^p])
}
found$value <- format(found$value, digits = 15, trim = TRUE)
write.csv(found, "drivers_figures.csv", row.names = FALSE, quote = FALSE)
