def convolve_image(image, kernel):
    size = len(kernel)
    output = []
    for top in range(len(image) - size + 1):
        row = []
        for left in range(len(image[0]) - size + 1):
            row.append(sum(kernel[i][j] * image[top + i][left + j] for i in range(size) for j in range(size)))
        output.append(row)
    return output
